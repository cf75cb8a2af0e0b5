// Finds a face; conceals it for good; gives it a new one, and recovers the old one in both ways.
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

// At the microscope or camera: where are the faces?
open(photograph);
rename("original");
saveAs("PNG", out + "original.png");
run("Detect Faces...", "show=table");
print(nResults + " face found, score " + getResult("Score", 0));
run("Clear Results");

// The safest: nothing is left of the face, and there is no key
run("Conceal Faces...", "faces=detect method=[solid mask]");
saveAs("PNG", out + "concealed.png");

// A new face, and a key file for that recipient
selectImage("original.png");
run("Anonymize Faces...", "faces=detect seed=6 key=[" + out + "face.dpkey] recipient=[" + out +
	"recipient.txt] exact=yes");
print("New face: cosine to the original " + getResult("Cosine", 0) + ", the same person from " + getResult(
	"Threshold", 0) + "; " + getResultString("Outcome", 0));
saveAs("PNG", out + "anonymized.png");
close();

// At the recovery desk: the saved image, the key file and the private key
open(out + "anonymized.png");
run("Recover Faces...", "key=[" + out + "face.dpkey] identity=[" + out + "identity.txt] recovery=latent");
saveAs("PNG", out + "recovered by diffusion.png");
selectImage("anonymized.png");
run("Recover Faces...", "key=[" + out + "face.dpkey] identity=[" + out + "identity.txt] recovery=exact");
saveAs("PNG", out + "recovered exactly.png");

// What was recovered exactly must equal the original in every pixel
imageCalculator("Difference create", "original.png", "recovered exactly.png");
rename("difference");
run("RGB Stack");
for (i = 1; i <= nSlices; i++) {
	setSlice(i);
	getStatistics(area, mean, min, max);
	if (max != 0) exit("The recovered image differs from the original by up to " + max);
}
close();

run("Images to Stack", "use");
run("Make Montage...", "columns=5 rows=1 scale=0.6 font=18 label");
saveAs("PNG", out + "side-by-side.png");

print("Recovered by diffusion: as good as the model. Recovered exactly: equals the original in every pixel.");
print("All pictures, the key file and the keys are in " + out);
