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

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

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

	private SchedulerConfig(final Options options) {
		final NoiseSchedule plain = options.schedule();
		final boolean zeroSnr = options.flag("rescale_betas_zero_snr", false);
		schedule = zeroSnr ? plain.rescaledToZeroSnr() : plain;
		predictionType = options.choice("prediction_type", PredictionType.EPSILON);
		spacing = options.choice("timestep_spacing", TimestepSpacing.LEADING);
		stepsOffset = options.integer("steps_offset", 0);
		alphaOneAtEnd = options.flag("set_alpha_to_one", options.isDdim());
		options.requireAbsent("trained_betas");
		options.requireFalse("thresholding", false);
		options.requireFalse("clip_sample", options.isDdim());
		if (stepsOffset < 0) throw options.refused("steps_offset", String.valueOf(stepsOffset),
			"0 or more");
		if (zeroSnr && predictionType == PredictionType.EPSILON) throw options.refused(
			"rescale_betas_zero_snr", "true", "false unless prediction_type is v_prediction");
	}

	/**
	 * Reads a configuration. Options that it leaves out take the value that
	 * diffusers gives them.
	 *
	 * @param file a {@code scheduler_config.json}
	 * @return what it says
	 * @throws SchedulerException if it cannot be read, or holds an option that
	 *           cannot be honoured; the message names it
	 */
	public static SchedulerConfig read(final Path file) {
		try {
			return new SchedulerConfig(new Options(file.toString(), JsonParser.parseString(Files
				.readString(file)).getAsJsonObject()));
		}
		catch (final IOException e) {
			throw new SchedulerException(file + ": cannot be read (" + e.getMessage() +
				"). Check that the model pack is complete.", e);
		}
		catch (final JsonParseException | IllegalStateException e) {
			throw new SchedulerException(file +
				": is not a JSON object. Check that the model pack is complete.", e);
		}
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

	/** The options of one file, with errors that name file and option. */
	private record Options(String file, JsonObject json) {

		NoiseSchedule schedule() {
			final int train = integer("num_train_timesteps", 1000);
			final double start = number("beta_start", 0.0001);
			final double end = number("beta_end", 0.02);
			final String name = string("beta_schedule", "linear");
			switch (name) {
				case "linear":
					return NoiseSchedule.linear(train, start, end);
				case "scaled_linear":
					return NoiseSchedule.scaledLinear(train, start, end);
				default:
					throw refused("beta_schedule", name, "linear or scaled_linear");
			}
		}

		/** The classes whose defaults in diffusers are those of its DDIM. */
		boolean isDdim() {
			final String name = string("_class_name", "DDIMScheduler");
			return name.startsWith("DDIM") || name.startsWith("DDPM");
		}

		boolean flag(final String option, final boolean fallback) {
			if (!primitive(option)) return fallback;
			if (!get(option).getAsJsonPrimitive().isBoolean()) throw refused(option, get(option)
				.toString(), "true or false");
			return get(option).getAsBoolean();
		}

		int integer(final String option, final int fallback) {
			final double value = number(option, fallback);
			if (value != Math.rint(value) || Math.abs(value) > 1_000_000) throw refused(option, String
				.valueOf(value), "a whole number up to 1000000");
			return (int) value;
		}

		double number(final String option, final double fallback) {
			try {
				return primitive(option) ? get(option).getAsDouble() : fallback;
			}
			catch (final NumberFormatException e) {
				throw refused(option, get(option).getAsString(), "a number");
			}
		}

		String string(final String option, final String fallback) {
			return primitive(option) ? get(option).getAsString() : fallback;
		}

		<E extends Enum<E>> E choice(final String option, final E fallback) {
			final String name = string(option, fallback.name()).toLowerCase(Locale.ROOT);
			final E[] choices = fallback.getDeclaringClass().getEnumConstants();
			final StringBuilder names = new StringBuilder();
			for (final E choice : choices) {
				final String known = choice.name().toLowerCase(Locale.ROOT);
				if (known.equals(name)) return choice;
				names.append(names.length() == 0 ? "" : " or ").append(known);
			}
			throw refused(option, name, names.toString());
		}

		void requireFalse(final String option, final boolean fallback) {
			if (flag(option, fallback)) throw refused(option, "true" + (primitive(option) ? ""
				: " (the default)"), "false for a latent diffusion model");
		}

		void requireAbsent(final String option) {
			if (json.has(option) && !get(option).isJsonNull()) throw refused(option, "given",
				"null; only beta_schedule is supported");
		}

		private boolean primitive(final String option) {
			if (!json.has(option) || get(option).isJsonNull()) return false;
			if (!get(option).isJsonPrimitive()) throw refused(option, get(option).toString(),
				"a single value");
			return true;
		}

		private JsonElement get(final String option) {
			return json.get(option);
		}

		SchedulerException refused(final String option, final String value,
			final String expected)
		{
			return new SchedulerException(file + ": option " + option + " is " + value +
				", but must be " + expected + ". Use a model pack with a supported scheduler.");
		}
	}
}
