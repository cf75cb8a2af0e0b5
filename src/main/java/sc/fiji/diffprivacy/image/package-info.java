/**
 * Images as planes: named axes over any ImgLib2 storage, pixel types as bytes
 * and numbers, regions of faces with their masks, and patches that replace the
 * pixels of a mask and nothing else. Needs neither ImageJ nor SciJava.
 */
package sc.fiji.diffprivacy.image;
