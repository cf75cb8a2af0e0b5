// Gives the originals of a protected folder back.
// Argument: a folder that holds
//   protected/, keys/   as protect-folder.ijm has made them
//   identity.txt        the private key, from Create Key Pair...
// It gets
//   recovered/          the originals: whoever can read them sees the faces

folder = getArgument();
if (folder == "") folder = getDirectory("The folder with protected, keys and identity.txt");

run("Recover Folder...", "input=[" + folder + "/protected] keys=[" + folder + "/keys] output=[" + folder +
	"/recovered] identity=[" + folder + "/identity.txt]");
