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
package sc.fiji.diffprivacy.figures;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.Locale;

import javax.imageio.ImageIO;

import net.imglib2.img.Img;
import net.imglib2.type.numeric.ARGBType;

/**
 * A working folder with what was made of the pictures of one folder: a JSON file
 * for each unit of each picture, and the aligned faces as PNG. Files are complete
 * or absent, so that an interrupted run goes on.
 */
final class Store {

	private static final String SETTINGS = "settings.txt";

	private final Path folder;
	private final Gson gson = new GsonBuilder().serializeSpecialFloatingPointValues()
		.registerTypeAdapter(float[].class, new Vector()).create();

	/**
	 * @param folder made if absent
	 * @param settings what else the results depend on
	 * @throws IOException if it cannot be used, or was made with other settings
	 */
	Store(final Path folder, final String settings) throws IOException {
		this.folder = folder;
		final Path file = Files.createDirectories(folder).resolve(SETTINGS);
		if (!Files.exists(file)) Files.writeString(file, settings);
		else if (!Files.readString(file).equals(settings)) throw new IOException(folder +
			": was made with " + Files.readString(file) + ", not with " + settings +
			". Delete the folder, or choose another with -Ddiffprivacy.work=FOLDER.");
	}

	/** @return whether a unit of a picture is there */
	boolean has(final Unit unit, final String picture) {
		return Files.exists(file(unit, picture));
	}

	private Path file(final Unit unit, final String picture) {
		return folder.resolve(unit.name().toLowerCase(Locale.ROOT)).resolve(picture + ".json");
	}

	/** Writes a unit of a picture. */
	void put(final Unit unit, final Entry entry) throws IOException {
		final Path file = file(unit, entry.picture());
		Files.createDirectories(file.getParent());
		final Path part = Files.writeString(file.resolveSibling(file.getFileName() + ".part"), gson
			.toJson(entry));
		Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
	}

	/** @return a unit of a picture; null if it is not there */
	Entry get(final Unit unit, final String picture) throws IOException {
		final Path file = file(unit, picture);
		return Files.exists(file) ? gson.fromJson(Files.readString(file), Entry.class) : null;
	}

	private Path cropFile(final String picture, final String method) {
		return folder.resolve("faces").resolve(picture).resolve(method.replaceAll("[^\\w.-]+", "-") +
			".png");
	}

	/** Writes an aligned face. */
	void putCrop(final String picture, final String method, final Img<ARGBType> crop)
		throws IOException
	{
		final Path file = cropFile(picture, method);
		Files.createDirectories(file.getParent());
		final int width = (int) crop.dimension(0);
		final BufferedImage image = new BufferedImage(width, (int) crop.dimension(1),
			BufferedImage.TYPE_INT_RGB);
		int i = 0;
		for (final ARGBType pixel : crop) {
			image.setRGB(i % width, i / width, pixel.get());
			i++;
		}
		ImageIO.write(image, "png", file.toFile());
	}

	/** @return an aligned face; null if there is none */
	Img<ARGBType> crop(final String picture, final String method) throws IOException {
		final Path file = cropFile(picture, method);
		return Files.exists(file) ? Pictures.of(ImageIO.read(file.toFile())) : null;
	}

	/** Vectors as Base64: a tenth of the decimal numbers' length. */
	private static final class Vector extends TypeAdapter<float[]> {

		@Override
		public void write(final JsonWriter out, final float[] vector) throws IOException {
			if (vector == null) {
				out.nullValue();
				return;
			}
			final ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * vector.length);
			bytes.asFloatBuffer().put(vector);
			out.value(Base64.getEncoder().encodeToString(bytes.array()));
		}

		@Override
		public float[] read(final JsonReader in) throws IOException {
			if (in.peek() == JsonToken.NULL) {
				in.nextNull();
				return null;
			}
			final ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(in.nextString()));
			final float[] vector = new float[bytes.remaining() / Float.BYTES];
			bytes.asFloatBuffer().get(vector);
			return vector;
		}
	}
}
