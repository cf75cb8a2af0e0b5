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
package sc.fiji.diffprivacy.diffusion;

import java.nio.file.Path;

import sc.fiji.diffprivacy.model.Config;
import sc.fiji.diffprivacy.model.ConfigException;

/**
 * What a {@code scheduler_config.json} in diffusers layout says about the noise
 * a model was trained with. Stable Diffusion is published with schedulers of
 * several classes (DDIM, PNDM, ...); they share these options, and all of them
 * can be sampled by DDIM.
 */
public final class SchedulerConfig {

	private final NoiseSchedule schedule;
	private final PredictionType predictionType;
	private final TimestepSpacing spacing;
	private final int stepsOffset;
	private final boolean alphaOneAtEnd;

	private SchedulerConfig(final Config config) {
		final boolean ddim = isDdim(config);
		final NoiseSchedule plain = schedule(config);
		final boolean zeroSnr = config.flag("rescale_betas_zero_snr", false);
		schedule = zeroSnr ? plain.rescaledToZeroSnr() : plain;
		predictionType = config.choice("prediction_type", PredictionType.EPSILON);
		spacing = config.choice("timestep_spacing", TimestepSpacing.LEADING);
		stepsOffset = config.whole("steps_offset", 0);
		alphaOneAtEnd = config.flag("set_alpha_to_one", ddim);
		if (config.has("trained_betas")) throw config.refused("trained_betas", "null");
		config.require("thresholding", false);
		if (config.flag("clip_sample", ddim)) throw config.refused("clip_sample",
			"false, as for every model of latents");
		if (zeroSnr && predictionType == PredictionType.EPSILON) throw config.refused(
			"rescale_betas_zero_snr", "false unless prediction_type is v_prediction");
	}

	private static NoiseSchedule schedule(final Config config) {
		final int train = config.positive("num_train_timesteps", 1000);
		final double start = config.number("beta_start", 0.0001);
		final double end = config.number("beta_end", 0.02);
		if (train < 2) throw config.refused("num_train_timesteps", "at least 2");
		if (start <= 0 || start > end) throw config.refused("beta_start",
			"above 0 and at most beta_end");
		if (end >= 1) throw config.refused("beta_end", "below 1");
		return switch (config.string("beta_schedule", "linear")) {
			case "linear" -> NoiseSchedule.linear(train, start, end);
			case "scaled_linear" -> NoiseSchedule.scaledLinear(train, start, end);
			default -> throw config.refused("beta_schedule", "linear or scaled_linear");
		};
	}

	/** Whether options that are left out have the defaults of diffusers' DDIM. */
	private static boolean isDdim(final Config config) {
		final String name = config.string("_class_name", "DDIMScheduler");
		return name.startsWith("DDIM") || name.startsWith("DDPM");
	}

	/**
	 * Reads a configuration. Options that it leaves out take the value that
	 * diffusers gives them.
	 *
	 * @param file a {@code scheduler_config.json}
	 * @return what it says
	 * @throws ConfigException if it cannot be read, or holds an option that cannot
	 *           be honoured; the message names it
	 */
	public static SchedulerConfig read(final Path file) {
		return new SchedulerConfig(Config.read(file));
	}

	/** @return the noise schedule */
	public NoiseSchedule schedule() {
		return schedule;
	}

	/** @return what the model predicts */
	public PredictionType predictionType() {
		return predictionType;
	}

	/**
	 * @param count number of steps N
	 * @return the timesteps of a run with N steps
	 * @throws SchedulerException if the schedule does not have that many
	 */
	public Timesteps timesteps(final int count) {
		return new Timesteps(schedule, spacing, count, stepsOffset, alphaOneAtEnd ? 1 : schedule
			.alphaBar(0));
	}
}
