// Conceals the faces of one image, so that they can be recovered.
// Argument: a folder that holds
//   image.png       the image
//   recipient.txt   the public key, from Create Key Pair...
// It gets
//   image-concealed.tif   to give away, once you have looked at it
//   image.dpkey           to keep: with the private key it gives the original back

folder = getArgument();
if (folder == "") folder = getDirectory("The folder with image.png and recipient.txt");

setBatchMode(true); // no windows
open(folder + "/image.png");

// If there is no face, or no key can be made, the macro stops here with a message,
// and nothing is written.
run("Conceal Faces...", "faces=detect method=[solid mask] key=[" + folder + "/image.dpkey] recipient=[" + folder +
	"/recipient.txt] output=[" + folder + "/image-concealed.tif]");

// The result is active now; the original is still open, unchanged.
print("Concealed: " + getTitle());
close("*");
