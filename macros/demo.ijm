// Finds a face, conceals it, and recovers it with the key file and the private key.
// Argument: the folder of the project. Results go to its target/demo.

folder = getArgument();
photograph = folder + "/macros/demo/astronaut.png";
out = folder + "/target/demo/";

// An empty folder, because no command replaces a file
File.makeDirectory(folder + "/target");
File.makeDirectory(out);
files = getFileList(out);
for (i = 0; i < files.length; i++)
	ok = File.delete(out + files[i]);

// Once per laboratory: the private key stays with who may recover
run("Create Key Pair...", "identity=[" + out + "identity.txt] recipient=[" + out + "recipient.txt]");

// At the microscope or camera: conceal for that recipient
open(photograph);
rename("original");
saveAs("PNG", out + "original.png");
run("Conceal Faces...", "faces=detect method=[solid mask] key=[" + out + "face.dpkey] recipient=[" + out +
	"recipient.txt]");
saveAs("PNG", out + "protected.png");
close();

// At the recovery desk: the saved image, the key file and the private key
open(out + "protected.png");
run("Recover Faces...", "key=[" + out + "face.dpkey] identity=[" + out + "identity.txt]");
saveAs("PNG", out + "recovered.png");

// The recovered image must equal the original in every pixel
selectImage("original.png");
imageCalculator("Difference create", "original.png", "recovered.png");
rename("difference");
run("RGB Stack");
for (i = 1; i <= nSlices; i++) {
	setSlice(i);
	getStatistics(area, mean, min, max);
	if (max != 0) exit("The recovered image differs from the original by up to " + max);
}
close();

run("Images to Stack", "use");
run("Make Montage...", "columns=3 rows=1 scale=0.75 font=18 label");
saveAs("PNG", out + "side-by-side.png");

print("The recovered image equals the original in every pixel.");
print("Original, protected and recovered image, key file, keys and a side-by-side view are in " + out);
