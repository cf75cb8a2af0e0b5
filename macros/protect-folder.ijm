// Protects the faces of all images of a folder and its subfolders.
// Argument: a folder that holds
//   images/         the images, of any format that ImageJ opens
//   recipient.txt   the public key, from Create Key Pair...
// It gets
//   protected/      the protected images, and diff-privacy-report.html to look at
//   keys/           one key file for each image: keep them apart from the images
//
// A file that cannot be worked on does not stop the others, but at the end the
// macro fails with its name and the reason. Run it again, also after it was
// stopped or killed: what is done is kept.

folder = getArgument();
if (folder == "") folder = getDirectory("The folder with images and recipient.txt");

run("Protect Folder...", "input=[" + folder + "/images] output=[" + folder + "/protected] keys=[" + folder +
	"/keys] recipient=[" + folder + "/recipient.txt] method=[solid mask] pattern=*.{tif,tiff,png,jpg,jpeg,gif,bmp,avi}");
