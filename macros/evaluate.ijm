// Measures whether recognisers still know the people of a protected folder.
// Argument: a folder that holds
//   images/      the originals
//   protected/   as protect-folder.ijm has made them
// It gets
//   evaluation.html, and tables (CSV) and plots (PNG) beside it
//
// The recogniser that comes with the plugin is a weak one. Name others, which know
// faces better, with recogniser=[/path/to/other.pt]; the user guide says how.

folder = getArgument();
if (folder == "") folder = getDirectory("The folder with images and protected");

// method=concealed and anonymized: nobody should be recognised. hidden and recovered:
// everybody should be.
run("Evaluate Protection...", "original_folder=[" + folder + "/images] protected_folder=[" + folder +
	"/protected] method=concealed report=[" + folder + "/evaluation.html]");
print("Report: " + folder + "/evaluation.html");
