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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import sc.fiji.diffprivacy.model.ConfigException;

/** Reading scheduler configurations as their publishers write them. */
class SchedulerConfigTest {

	@TempDir
	private Path folder;

	private SchedulerConfig read(final String json) throws IOException {
		return SchedulerConfig.read(Files.writeString(folder.resolve("scheduler_config.json"), json));
	}

	private String refusal(final String json) {
		return assertThrows(ConfigException.class, () -> read(json)).getMessage();
	}

	/** The file published with Stable Diffusion 1.x. */
	@Test
	void stableDiffusion1IsReadAsPublished() throws IOException {
		final SchedulerConfig config = read("{\"_class_name\": \"PNDMScheduler\", " +
			"\"_diffusers_version\": \"0.6.0\", \"beta_end\": 0.012, \"beta_schedule\": \"scaled_linear\", " +
			"\"beta_start\": 0.00085, \"num_train_timesteps\": 1000, \"set_alpha_to_one\": false, " +
			"\"skip_prk_steps\": true, \"steps_offset\": 1, \"trained_betas\": null, \"clip_sample\": false}");
		assertEquals(PredictionType.EPSILON, config.predictionType());
		assertEquals(981, config.timesteps(50).get(49));
		assertEquals(0.99915, config.timesteps(50).lower(0), 1e-12);
	}

	/** The 768-pixel Stable Diffusion 2.x predicts the velocity. */
	@Test
	void stableDiffusion2PredictsTheVelocity() throws IOException {
		final SchedulerConfig config = read("{\"_class_name\": \"DDIMScheduler\", \"beta_end\": 0.012, " +
			"\"beta_schedule\": \"scaled_linear\", \"beta_start\": 0.00085, \"clip_sample\": false, " +
			"\"num_train_timesteps\": 1000, \"prediction_type\": \"v_prediction\", " +
			"\"set_alpha_to_one\": false, \"skip_prk_steps\": true, \"steps_offset\": 1, " +
			"\"trained_betas\": null, \"rescale_betas_zero_snr\": true, \"timestep_spacing\": \"trailing\"}");
		assertEquals(PredictionType.V_PREDICTION, config.predictionType());
		assertEquals(999, config.timesteps(7).get(6));
		assertEquals(0, config.timesteps(7).upper(6));
	}

	@Test
	void leftOutOptionsTakeTheDefaultsOfTheirClass() throws IOException {
		final SchedulerConfig ddim = read("{\"_class_name\": \"DDIMScheduler\", \"clip_sample\": false}");
		assertEquals(1, ddim.timesteps(10).lower(0));
		assertEquals(0, ddim.timesteps(10).get(0));
		assertEquals(0.9999, ddim.schedule().alphaBar(0), 1e-12);
		final SchedulerConfig pndm = read("{\"_class_name\": \"PNDMScheduler\"}");
		assertEquals(0.9999, pndm.timesteps(10).lower(0), 1e-12);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { //
		"beta_schedule | \"squaredcos_cap_v2\" | scaled_linear", //
		"prediction_type | \"sample\" | v_prediction", //
		"timestep_spacing | \"karras\" | leading or trailing or linspace", //
		"clip_sample | true | false", //
		"clip_sample | \"no\" | true or false", //
		"thresholding | true | false", //
		"rescale_betas_zero_snr | true | v_prediction", //
		"trained_betas | [0.1, 0.2] | null", //
		"num_train_timesteps | 10.5 | whole number", //
		"num_train_timesteps | 1e12 | whole number", //
		"num_train_timesteps | 1 | at least 2", //
		"beta_start | \"small\" | number", //
		"beta_start | [1] | number", //
		"beta_end | 2 | below 1", //
		"steps_offset | -1 | from 0" })
	void anOptionThatCannotBeHonouredIsNamed(final String option, final String value,
		final String expected)
	{
		final String clip = option.equals("clip_sample") ? "" : ", \"clip_sample\": false";
		final String message = refusal("{\"" + option + "\": " + value + clip + "}");
		assertTrue(message.contains(option), message);
		assertTrue(message.contains(expected), message);
	}

	@Test
	void clippingByDefaultIsRefused() {
		final String message = refusal("{\"_class_name\": \"DDIMScheduler\"}");
		assertTrue(message.contains("clip_sample is not given, but must be false"), message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[]", "3", "{\"a\":", "not json" })
	void whatIsNoJsonObjectIsRefusedByName(final String text) {
		assertTrue(refusal(text).contains("scheduler_config.json"));
	}

	@Test
	void aMissingFileIsNamed() {
		final Path missing = folder.resolve("absent.json");
		final String message = assertThrows(ConfigException.class, () -> SchedulerConfig.read(missing))
			.getMessage();
		assertTrue(message.contains("absent.json"), message);
	}
}
