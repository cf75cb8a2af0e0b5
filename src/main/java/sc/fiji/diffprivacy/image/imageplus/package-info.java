/**
 * ImageJ 1.x images as planes: every type, hyperstacks and virtual stacks, their
 * selections as face regions, patched copies that keep all properties, ImgLib2
 * views, and lossless files.
 */
package sc.fiji.diffprivacy.image.imageplus;
