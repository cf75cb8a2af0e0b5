/*-
 * #%L
 * Diff-Privacy for Fiji
 * %%
 * Copyright (C) 2026 Diff-Privacy developers.
 * %%
 * Redistribution and use in source and binary forms, with or without
 * modification, are permitted provided that the following conditions are met:
 * 
 * 1. Redistributions of source code must retain the above copyright notice,
 *    this list of conditions and the following disclaimer.
 * 2. Redistributions in binary form must reproduce the above copyright notice,
 *    this list of conditions and the following disclaimer in the documentation
 *    and/or other materials provided with the distribution.
 * 
 * THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS"
 * AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE
 * IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE
 * ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDERS OR CONTRIBUTORS BE
 * LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR
 * CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF
 * SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS
 * INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN
 * CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE)
 * ARISING IN ANY WAY OUT OF THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE
 * POSSIBILITY OF SUCH DAMAGE.
 * #L%
 */
package sc.fiji.diffprivacy.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

import java.nio.file.Path;

import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.Noise;
import sc.fiji.diffprivacy.tensor.Scope;
import sc.fiji.diffprivacy.tensor.TorchScript;
import sc.fiji.diffprivacy.tensor.WeightsException;

/**
 * LPIPS, how different two pictures look (Zhang, Isola, Efros, Shechtman, Wang, "The
 * unreasonable effectiveness of deep features as a perceptual metric", 2018), with the
 * weights that its authors published: a TorchScript file that the user made of their
 * package, and a description.
 *
 * <pre>
 * { "_class_name": "LPIPS", "version": "0.1", "net": "alex" }
 * </pre>
 *
 * The module takes two pictures (1, 3, height, width), RGB from -1 to 1, and returns
 * one number. No other measure may be called LPIPS, so that what does not behave like
 * it is refused; that the weights are the authors' is up to the user. TorchScript is a
 * program: open files from people you trust only.
 */
public final class Lpips implements AutoCloseable {

	/** The class that its description names. */
	public static final String CLASS = "LPIPS";

	/** Side of the pictures of the trial at opening. */
	private static final int TRIAL = 64;
	/** What a distance of a picture to itself, and of two pictures both ways, may be off by. */
	private static final double TOLERANCE = 1e-4;

	private final TorchScript module;
	private final String name;

	private Lpips(final TorchScript module, final String name) {
		this.module = module;
		this.name = name;
	}

	/**
	 * Opens a module, and tries whether it behaves like LPIPS.
	 *
	 * @param compute where to run it, in 32-bit
	 * @param file the TorchScript file
	 * @param json the description
	 * @return the measure; to be closed
	 * @throws ConfigException if the description is incomplete or wrong
	 * @throws WeightsException if the file is no TorchScript module, or does not behave
	 *           like LPIPS
	 */
	public static Lpips open(final Compute compute, final Path file, final Path json) {
		final Config config = Config.read(json);
		config.requireClass(CLASS);
		config.requireKnown("version", "net");
		final String version = config.string("version", "");
		if (!version.equals("0.1")) throw config.refused("version", "0.1, the published weights'");
		final String net = config.string("net", "");
		if (!net.matches("alex|vgg|squeeze")) throw config.refused("net", "alex, vgg or squeeze");
		final Lpips lpips = new Lpips(TorchScript.open(compute, file), "LPIPS " + version + " (" + net +
			")");
		try (Scope scope = compute.scope()) {
			lpips.check(scope);
			return lpips;
		}
		catch (final RuntimeException e) {
			lpips.close();
			throw e;
		}
	}

	private void check(final Scope scope) {
		final Shape shape = new Shape(1, 3, TRIAL, TRIAL);
		final NDArray one = Noise.normal(scope.manager(), 1, shape).clip(-1, 1);
		final NDArray other = Noise.normal(scope.manager(), 2, shape).clip(-1, 1);
		final double there = distance(one, other);
		final double back = distance(other, one);
		final double itself = distance(one, one.duplicate());
		if (!(there > TOLERANCE && Math.abs(there - back) <= TOLERANCE * Math.max(1, there) && Math.abs(
			itself) <= TOLERANCE)) throw new WeightsException(module.file() +
				": does not behave like LPIPS: two pictures are " + there + " apart, " + back +
				" the other way round, and a picture " + itself + " from itself. Export it as the user guide shows.");
	}

	/** @return its name with version and network, for reports */
	public String name() {
		return name;
	}

	/**
	 * @param a float32, (1, 3, height, width), RGB from -1 to 1
	 * @param b another picture of that size
	 * @return their distance: 0 if they are the same, about 0.7 if nothing is
	 * @throws WeightsException if the module fails, or makes no single number of them
	 */
	public double distance(final NDArray a, final NDArray b) {
		try (Scope scope = Scope.open(a.getManager())) {
			final NDArray result = module.forward(a, b);
			result.attach(scope.manager());
			if (result.size() != 1) throw new WeightsException(module.file() + ": makes " + result
				.getShape() + " of two pictures, but LPIPS is one number. Export it as the user guide shows.");
			return result.toFloatArray()[0];
		}
	}

	/** Releases the module; it cannot be used any more. */
	@Override
	public void close() {
		module.close();
	}
}
