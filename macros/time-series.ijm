// Gives the people of a time series (or of a stack of slices) new faces: one person
// keeps one new face through all frames.
// Argument: a folder that holds
//   series.tif      the series, of any type that ImageJ opens
//   recipient.txt   the public key, from Create Key Pair...
// It gets
//   series-anonymized.tif   to give away, once you have looked at it
//   series.dpkey            one key for all frames: keep it apart from the images
//   series-faces.csv        what became of each face in each frame
//
// It takes some seconds for each face and frame.

folder = getArgument();
if (folder == "") folder = getDirectory("The folder with series.tif and recipient.txt");

setBatchMode(true);
open(folder + "/series.tif");

// Several pictures without a time axis are slices. Faces are followed through both,
// but frames are what they are called in the table.
getDimensions(width, height, channels, slices, frames);
if (frames == 1 && slices > 1) Stack.setDimensions(channels, 1, slices);

// bridge: where a face is lost for up to five frames, it is looked for where it should
// be, and masked if it cannot be seen there, either.
run("Anonymize Faces...", "faces=detect bridge=5 key=[" + folder + "/series.dpkey] recipient=[" + folder +
	"/recipient.txt] output=[" + folder + "/series-anonymized.tif]");

// Constancy: the similarity of a new face to the same person's in the frame before.
// Below the threshold it is another person to the recogniser.
masked = 0;
changed = 0;
for (i = 0; i < nResults; i++) {
	if (getResultString("Outcome", i) == "masked") masked++;
	// not a number in a person's first frame
	constancy = getResult("Constancy", i);
	if (!isNaN(constancy) && constancy < getResult("Threshold", i)) changed++;
}
print(nResults + " faces in " + getTitle() + ": " + masked + " masked, " + changed + " unlike the frame before");
saveAs("Results", folder + "/series-faces.csv");
run("Clear Results");
close("*");
