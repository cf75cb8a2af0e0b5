package sc.fiji.diffprivacy.image;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Patches of an image, found by plane, kept in the order they were added. */
public final class PatchSet {

	private record Position(int channel, int slice, int frame) {}

	private final List<PlanePatch> all = new ArrayList<>();
	private final Map<Position, List<PlanePatch>> byPlane = new HashMap<>();

	/** @param patches appended in their order; later ones cover earlier ones */
	public void addAll(final Collection<PlanePatch> patches) {
		for (final PlanePatch patch : patches) {
			all.add(patch);
			byPlane.computeIfAbsent(new Position(patch.channel(), patch.slice(), patch.frame()),
				k -> new ArrayList<>()).add(patch);
		}
	}

	/** @return all patches in their order */
	public List<PlanePatch> all() {
		return all;
	}

	/**
	 * @param channel from 0
	 * @param slice from 0
	 * @param frame from 0
	 * @return the patches of that plane in their order, often none
	 */
	public List<PlanePatch> at(final int channel, final int slice, final int frame) {
		return byPlane.getOrDefault(new Position(channel, slice, frame), List.of());
	}
}
