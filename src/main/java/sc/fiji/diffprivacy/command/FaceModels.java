package sc.fiji.diffprivacy.command;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

import sc.fiji.diffprivacy.model.BundledPack;
import sc.fiji.diffprivacy.privacy.detection.FaceFinder;
import sc.fiji.diffprivacy.privacy.protection.DiffusionPack;
import sc.fiji.diffprivacy.privacy.protection.FaceNetworks;
import sc.fiji.diffprivacy.tensor.Compute;

/**
 * The networks of a model pack, while a command runs. What a pack has nothing for,
 * as one with Stable Diffusion has no recognisers, comes from the bundled pack.
 */
final class FaceModels implements AutoCloseable {

	private final Path folder;
	private final Compute compute;
	private final DiffusionPack pack;
	private FaceNetworks networks;
	private FaceFinder finder;

	/**
	 * @param model folder of a model pack; null for the bundled one
	 * @throws sc.fiji.diffprivacy.common.DiffPrivacyException if it cannot be used
	 */
	FaceModels(final File model) {
		folder = model == null ? BundledPack.folder() : model.toPath();
		compute = Compute.open("cpu");
		try {
			pack = DiffusionPack.open(compute, folder);
		}
		catch (final RuntimeException e) {
			compute.close();
			throw e;
		}
	}

	private Path part(final String name) {
		final Path own = folder.resolve(name);
		return Files.isDirectory(own) ? own : BundledPack.part(name);
	}

	/** @return what makes faces */
	DiffusionPack pack() {
		return pack;
	}

	/** @return what guides and verifies them; opened at the first call */
	FaceNetworks networks() {
		if (networks == null) networks = FaceNetworks.open(compute, this::part);
		return networks;
	}

	/** @return what finds faces; opened at the first call */
	FaceFinder finder() {
		if (finder == null) finder = FaceFinder.open(compute, part(FaceNetworks.DETECTOR));
		return finder;
	}

	@Override
	public void close() {
		if (finder != null) finder.close();
		if (networks != null) networks.close();
		pack.close();
		compute.close();
	}
}
