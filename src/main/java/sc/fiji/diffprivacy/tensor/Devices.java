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
package sc.fiji.diffprivacy.tensor;

import ai.djl.Device;
import ai.djl.engine.Engine;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The devices that a user can choose by name. */
public final class Devices {

	/** A GPU if the engine can use one, else the CPU. */
	public static final String AUTO = "auto";

	private static final Pattern GPU = Pattern.compile("gpu(?::(\\d{1,3}))?");

	private Devices() {}

	/**
	 * Refuses what is no device on any computer; does not start the engine.
	 *
	 * @param name see {@link #parse}
	 * @throws EngineUnavailableException if the name is none of those
	 */
	public static void requireKnown(final String name) {
		final String lower = lower(name);
		if (!lower.equals("cpu") && !lower.equals(AUTO) && !GPU.matcher(lower).matches())
			throw new EngineUnavailableException("The device \"" + name +
				"\" is not known. Choose auto, cpu, gpu or gpu:1.");
	}

	private static String lower(final String name) {
		return name.trim().toLowerCase(Locale.ROOT);
	}

	/**
	 * Finds a device, starting the engine if need be.
	 *
	 * @param name "auto", "cpu", "gpu" (the first one) or "gpu:1" (the second one)
	 * @return the device
	 * @throws EngineUnavailableException if the name is another, the engine does
	 *           not start, or has no such GPU
	 */
	public static Device parse(final String name) {
		requireKnown(name);
		final String lower = lower(name);
		final Engine engine = TensorEngine.start();
		if (lower.equals("cpu")) return Device.cpu();
		if (lower.equals(AUTO)) return engine.getGpuCount() > 0 ? Device.gpu() : Device.cpu();
		final Matcher gpu = GPU.matcher(lower);
		final int index = !gpu.matches() || gpu.group(1) == null ? 0 : Integer.parseInt(gpu.group(1));
		final int count = engine.getGpuCount();
		if (index >= count) throw new EngineUnavailableException("The device \"" + name +
			"\" is not available: PyTorch can use " + (count == 0 ? "no GPU" : count + " GPU(s)") +
			" here. Choose cpu or auto, or install PyTorch's libraries for CUDA as described in " +
			"the documentation.");
		return Device.gpu(index);
	}

	/**
	 * @param device a device
	 * @return the name by which {@link #parse} finds it
	 */
	public static String name(final Device device) {
		return device.isGpu() ? "gpu:" + device.getDeviceId() : device.getDeviceType();
	}
}
