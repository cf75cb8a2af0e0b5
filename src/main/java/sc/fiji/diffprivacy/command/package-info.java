/**
 * The SciJava commands: parameters and a few calls into the layers below. They
 * are invisible to SciJava's menus; {@code plugins.config} names their labels. Run
 * them with {@code CommandService}, from scripts, or by those labels.
 */
package sc.fiji.diffprivacy.command;
