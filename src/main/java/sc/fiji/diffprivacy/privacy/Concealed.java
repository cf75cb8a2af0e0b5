package sc.fiji.diffprivacy.privacy;

import sc.fiji.diffprivacy.image.PatchSet;

/**
 * What concealing made of an image.
 *
 * @param patches the new pixels of the concealed regions
 * @param key all that recovery needs; holds the faces, so encrypt or drop it
 */
public record Concealed(PatchSet patches, RegionKey key) {}
