// Gives the original of one concealed image back.
// Argument: a folder that holds
//   image-concealed.tif   the concealed image, as it was saved
//   image.dpkey           its key file
//   identity.txt          the private key, from Create Key Pair...
// It gets
//   image-recovered.tif   the original, the same in every pixel

folder = getArgument();
if (folder == "") folder = getDirectory("The folder with image-concealed.tif, image.dpkey and identity.txt");

setBatchMode(true);
open(folder + "/image-concealed.tif");
run("Recover Faces...", "key=[" + folder + "/image.dpkey] identity=[" + folder + "/identity.txt] output=[" + folder +
	"/image-recovered.tif]");
print("Recovered: " + getTitle());
close("*");
