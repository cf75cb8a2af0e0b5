// Protects a folder from a Groovy script, in Fiji's script editor or headless:
//   fiji --headless --run protect-folder.groovy "folder='/data/study'"
// The folder holds images/ and recipient.txt; it gets protected/ and keys/.

#@ File (label = "Study folder", style = "directory") folder
#@ CommandService commands

import sc.fiji.diffprivacy.command.ProtectFolder

// What is left out takes its default. get() waits for the end, and throws if a file
// failed, after all others were done; the message names each and the reason.
def done = commands.run(ProtectFolder, true,
	"input", new File(folder, "images"),
	"output", new File(folder, "protected"),
	"keys", new File(folder, "keys"),
	"recipient", new File(folder, "recipient.txt").path,
	"method", "solid mask").get()

println done.getOutput("summary")
