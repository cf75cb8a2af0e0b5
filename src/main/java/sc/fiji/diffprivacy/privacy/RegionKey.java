package sc.fiji.diffprivacy.privacy;

import java.util.List;

import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.PlanePatch;

/**
 * All that exact recovery needs: the original pixels of every region, where they
 * belong, and the hashes that tell the right image from a wrong one. It
 * <em>is</em> the faces: never store it but in an encrypted key file.
 *
 * @param image which image it belongs to
 * @param originalHash SHA-256 of the original pixels, see
 *          {@link sc.fiji.diffprivacy.image.PlaneHasher}
 * @param protectedHash SHA-256 of the protected pixels
 * @param method how the faces were protected, with its parameters
 * @param regions the faces, in order
 * @param originals the original pixels of each region on each plane
 */
public record RegionKey(ImageFacts image, String originalHash, String protectedHash, String method,
	List<FaceRegion> regions, List<PlanePatch> originals)
{

	/** Leaves out all that a log must not hold. */
	@Override
	public String toString() {
		return "RegionKey of " + regions.size() + " regions";
	}
}
