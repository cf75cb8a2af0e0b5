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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder as Stable Diffusion 1.5 is published, with the published
 * configurations and random weights, 2.1 GB.
 */
public final class RandomStableDiffusion {

	private static final int[] WIDTHS = { 128, 256, 512, 512 };
	private static final int LATENT = 4;
	private static final int TEXT = 768;

	private RandomStableDiffusion() {}

	/**
	 * @param folder to be made
	 * @return the folder
	 */
	public static Path write(final Path folder) throws IOException {
		Files.createDirectories(folder);
		Files.writeString(folder.resolve("model_index.json"),
			"{\"_class_name\": \"StableDiffusionPipeline\", \"_diffusers_version\": \"0.6.0\"}");
		RandomUNet.STABLE_DIFFUSION.write(Files.createDirectories(folder.resolve("unet")));
		Files.writeString(Files.createDirectories(folder.resolve("scheduler")).resolve(
			"scheduler_config.json"),
			"{\"_class_name\": \"PNDMScheduler\", \"_diffusers_version\": \"0.6.0\", \"beta_end\": 0.012, " +
				"\"beta_schedule\": \"scaled_linear\", \"beta_start\": 0.00085, \"num_train_timesteps\": 1000, " +
				"\"set_alpha_to_one\": false, \"skip_prk_steps\": true, \"steps_offset\": 1, " +
				"\"trained_betas\": null, \"clip_sample\": false}");
		autoencoder(Files.createDirectories(folder.resolve("vae")));
		text(Files.createDirectories(folder.resolve("text_encoder")));
		return folder;
	}

	private static void autoencoder(final Path folder) throws IOException {
		Files.writeString(folder.resolve("config.json"),
			"{\"_class_name\": \"AutoencoderKL\", \"_diffusers_version\": \"0.6.0\", \"act_fn\": \"silu\", " +
				"\"block_out_channels\": [128, 256, 512, 512], \"down_block_types\": [\"DownEncoderBlock2D\", " +
				"\"DownEncoderBlock2D\", \"DownEncoderBlock2D\", \"DownEncoderBlock2D\"], \"in_channels\": 3, " +
				"\"latent_channels\": 4, \"layers_per_block\": 2, \"norm_num_groups\": 32, \"out_channels\": 3, " +
				"\"sample_size\": 512, \"up_block_types\": [\"UpDecoderBlock2D\", \"UpDecoderBlock2D\", " +
				"\"UpDecoderBlock2D\", \"UpDecoderBlock2D\"]}");
		final RandomWeights weights = new RandomWeights();
		weights.affine("encoder.conv_in", WIDTHS[0], 3, 3, 3);
		for (int i = 0; i < WIDTHS.length; i++) {
			final String block = "encoder.down_blocks." + i;
			for (int j = 0; j < 2; j++)
				weights.resnet(block + ".resnets." + j, j == 0 && i > 0 ? WIDTHS[i - 1] : WIDTHS[i], WIDTHS[i],
					0);
			if (i < 3) weights.affine(block + ".downsamplers.0.conv", WIDTHS[i], WIDTHS[i], 3, 3);
		}
		middle(weights, "encoder.mid_block");
		weights.norm("encoder.conv_norm_out", WIDTHS[3]);
		weights.affine("encoder.conv_out", 2 * LATENT, WIDTHS[3], 3, 3);
		weights.affine("quant_conv", 2 * LATENT, 2 * LATENT, 1, 1);
		weights.affine("post_quant_conv", LATENT, LATENT, 1, 1);
		weights.affine("decoder.conv_in", WIDTHS[3], LATENT, 3, 3);
		middle(weights, "decoder.mid_block");
		for (int i = 0; i < WIDTHS.length; i++) {
			final String block = "decoder.up_blocks." + i;
			final int width = WIDTHS[3 - i];
			for (int j = 0; j < 3; j++)
				weights.resnet(block + ".resnets." + j, j == 0 && i > 0 ? WIDTHS[4 - i] : width, width, 0);
			if (i < 3) weights.affine(block + ".upsamplers.0.conv", width, width, 3, 3);
		}
		weights.norm("decoder.conv_norm_out", WIDTHS[0]);
		weights.affine("decoder.conv_out", 3, WIDTHS[0], 3, 3);
		weights.write(folder.resolve("diffusion_pytorch_model.safetensors"));
	}

	private static void middle(final RandomWeights weights, final String block) {
		for (int j = 0; j < 2; j++)
			weights.resnet(block + ".resnets." + j, WIDTHS[3], WIDTHS[3], 0);
		weights.norm(block + ".attentions.0.group_norm", WIDTHS[3]);
		for (final String name : new String[] { "query", "key", "value", "proj_attn" })
			weights.affine(block + ".attentions.0." + name, WIDTHS[3], WIDTHS[3]);
	}

	private static void text(final Path folder) throws IOException {
		Files.writeString(folder.resolve("config.json"),
			"{\"architectures\": [\"CLIPTextModel\"], \"attention_dropout\": 0.0, \"bos_token_id\": 0, " +
				"\"eos_token_id\": 2, \"hidden_act\": \"quick_gelu\", \"hidden_size\": 768, " +
				"\"intermediate_size\": 3072, \"layer_norm_eps\": 1e-05, \"max_position_embeddings\": 77, " +
				"\"model_type\": \"clip_text_model\", \"num_attention_heads\": 12, \"num_hidden_layers\": 12, " +
				"\"vocab_size\": 49408}");
		final RandomWeights weights = new RandomWeights();
		final String model = "text_model.";
		weights.random(model + "embeddings.token_embedding.weight", 49408, TEXT);
		weights.random(model + "embeddings.position_embedding.weight", 77, TEXT);
		for (int i = 0; i < 12; i++) {
			final String layer = model + "encoder.layers." + i + ".";
			for (final String name : new String[] { "q_proj", "k_proj", "v_proj", "out_proj" })
				weights.affine(layer + "self_attn." + name, TEXT, TEXT);
			weights.norm(layer + "layer_norm1", TEXT);
			weights.norm(layer + "layer_norm2", TEXT);
			weights.affine(layer + "mlp.fc1", 4 * TEXT, TEXT);
			weights.affine(layer + "mlp.fc2", TEXT, 4 * TEXT);
		}
		weights.norm(model + "final_layer_norm", TEXT);
		weights.write(folder.resolve("model.safetensors"));
	}
}
