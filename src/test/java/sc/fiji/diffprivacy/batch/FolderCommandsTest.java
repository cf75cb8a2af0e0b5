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
package sc.fiji.diffprivacy.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.OvalRoi;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.diffprivacy.common.FileHash;
import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.ij1.Macros;
import sc.fiji.diffprivacy.image.PlaneHasher;
import sc.fiji.diffprivacy.image.imageplus.ImageOpener;
import sc.fiji.diffprivacy.image.imageplus.ImagePlusPlanes;
import sc.fiji.diffprivacy.key.KeyPair;

/** Whole folders, as a user's macro works on them, through ImageJ headless. */
class FolderCommandsTest {

	private static final int SIDE = 160;

	@TempDir
	Path folder;

	private Path input;
	private Path output;
	private Path keys;

	@BeforeEach
	void makeFolders() throws IOException {
		input = Files.createDirectory(folder.resolve("input"));
		output = folder.resolve("out/protected");
		keys = folder.resolve("keys");
		try (KeyPair pair = KeyPair.generate()) {
			pair.write(folder.resolve("identity.txt"), folder.resolve("recipient.txt"));
		}
	}

	private String protect(final String more) {
		return "run('Protect Folder...', 'input=[" + path(input) + "] output=[" + path(output) +
			"] keys=[" + path(keys) + "] recipient=[" + path(folder.resolve("recipient.txt")) + "] " + more +
			"');";
	}

	private String recover(final Path to, final String more) {
		return "run('Recover Folder...', 'input=[" + path(output) + "] keys=[" + path(keys) +
			"] output=[" + path(to) + "] identity=[" + path(folder.resolve("identity.txt")) + "] " + more +
			"');";
	}

	private static String path(final Path file) {
		return file.toString().replace('\\', '/');
	}

	/** @return SHA-256 of all files by relative path, but for those of the run */
	private static Map<String, String> hashes(final Path folder) throws IOException {
		final Map<String, String> hashes = new TreeMap<>();
		if (!Files.exists(folder)) return hashes;
		try (Stream<Path> files = Files.walk(folder)) {
			for (final Path file : files.filter(Files::isRegularFile).toList())
				if (!RunFiles.isOwn(file.getFileName().toString())) hashes.put(path(folder.relativize(file)),
					FileHash.of(file, () -> {}));
		}
		return hashes;
	}

	private static byte[] pixels(final Path file) {
		final ImagePlusPlanes<?> planes = ImagePlusPlanes.of(new ImageOpener(Long.MAX_VALUE).open(
			file));
		final PlaneHasher<?> hasher = hash(planes);
		return (planes.describe() + hasher.before()).getBytes();
	}

	private static <T> PlaneHasher<T> hash(final ImagePlusPlanes<T> planes) {
		final PlaneHasher<T> hasher = new PlaneHasher<>(
			planes.format(), () -> {});
		planes.forEachPlane("", Progress.NONE, (plane, c, z, t) -> hasher
			.update(plane, List.of()));
		return hasher;
	}

	private static String stem(final String name) {
		return name.replaceFirst("\\.tiff?$", "");
	}

	@Test
	void mixedFolderWithBrokenFilesThereAndBack() throws IOException {
		final List<String> good = MixedFolder.fill(input, SIDE);
		final List<String> broken = MixedFolder.addBroken(input, SIDE);
		// a file stands where a folder must be
		Files.createDirectory(input.resolve("blocked"));
		Files.copy(input.resolve("same.png"), input.resolve("blocked/a.png"));
		Files.createDirectories(output);
		Files.writeString(output.resolve("blocked"), "in the way");
		Files.write(input.resolve("broken.png"), brokenPng());
		assertTrue(good.size() + broken.size() + 2 > 20);
		final Map<String, String> before = hashes(input);

		final String message = Macros.failure(protect(""), "");
		assertTrue(message.contains(good.size() + " files protected, " + (broken.size() + 2) +
			" failed"), message);
		for (final String name : broken)
			assertTrue(message.contains(name + ": "), name + " not in " + message);
		assertTrue(message.contains("blocked/a.png: "), message);
		assertTrue(message.contains("broken.png: "), message);
		assertEquals(before, hashes(input));
		final Map<String, String> first = hashes(output);
		assertEquals(good.size() + 1, first.size());
		for (final String name : good) {
			assertTrue(first.containsKey(stem(name) + "-concealed.tif"), name);
			assertFalse(Arrays.equals(pixels(input.resolve(name)), pixels(output.resolve(stem(
				name) + "-concealed.tif"))), name);
			assertTrue(Files.exists(keys.resolve(stem(name) + "-concealed.dpkey")), name);
		}
		assertEquals(good.size(), hashes(keys).size());
		assertReports(good, broken);

		// again, with the files mended: only they are worked on
		Files.delete(output.resolve("blocked"));
		for (final String name : broken)
			Files.delete(input.resolve(name));
		Files.delete(input.resolve("broken.png"));
		final Map<String, String> firstKeys = hashes(keys);
		Macros.run(protect(""), "");
		final Map<String, String> second = hashes(output);
		first.remove("blocked");
		second.remove("blocked/a.png-concealed.tif");
		assertEquals(first, second);
		final Map<String, String> secondKeys = hashes(keys);
		assertEquals(firstKeys.size() + 1, secondKeys.size());
		assertTrue(secondKeys.entrySet().containsAll(firstKeys.entrySet()));

		// other parameters into the same folder
		final String other = Macros.failure(protect("method=blur"), "");
		assertTrue(other.contains("method was solid mask, now blur"), other);
		assertEquals(secondKeys, hashes(keys));

		final Path originals = folder.resolve("originals");
		Macros.run(recover(originals, ""), "");
		for (final String name : good)
			assertArrayEquals(pixels(input.resolve(name)), pixels(originals.resolve(stem(name) +
				"-recovered.tif")), name);
		final Map<String, String> recovered = hashes(originals);
		Macros.run(recover(originals, "workers=1"), "");
		assertEquals(recovered, hashes(originals));
		assertFalse(Files.readString(originals.resolve(RunFiles.HTML)).contains("<img"));
	}

	/** @return all chunks intact, but the pixels are not what they should be */
	private static byte[] brokenPng() throws IOException {
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		final DataOutputStream png = new DataOutputStream(out);
		png.writeLong(0x89504e470d0a1a0aL);
		chunk(png, "IHDR", new byte[] { 0, 0, 0, 9, 0, 0, 0, 9, 8, 0, 0, 0, 0 });
		chunk(png, "IDAT", new byte[] { 1, 2, 3 });
		chunk(png, "IEND", new byte[0]);
		return out.toByteArray();
	}

	private static void chunk(final DataOutputStream png, final String type, final byte[] data)
		throws IOException
	{
		final CRC32 crc = new CRC32();
		crc.update(type.getBytes(StandardCharsets.US_ASCII));
		crc.update(data);
		png.writeInt(data.length);
		png.writeBytes(type);
		png.write(data);
		png.writeInt((int) crc.getValue());
	}

	private void assertReports(final List<String> good, final List<String> broken)
		throws IOException
	{
		final String csv = Files.readString(output.resolve(RunFiles.CSV));
		final String html = Files.readString(output.resolve(RunFiles.HTML));
		for (final String name : good)
			assertTrue(csv.contains("\r\n" + name + ",done,"), name + " not in " + csv);
		for (final String name : broken)
			assertTrue(csv.contains("\r\n" + name + ",failed,"), name + " not in " + csv);
		assertTrue(html.contains("gr\u00fcn &amp; \u00e4hnlich.jpg"), "not escaped");
		assertFalse(html.contains("<script") || html.contains("http:") || html.contains("https:"));
		assertTrue(html.split("<img ").length > good.size(), "thumbnails");
		assertFalse(Files.readString(output.resolve(RunFiles.LOG)).contains("AGE-SECRET"));
	}

	@Test
	void selectionsThatTiffFilesHold() throws IOException {
		final ImagePlus image = IJ.createImage("a", "16-bit noise", 50, 40, 3);
		image.setRoi(new OvalRoi(5, 6, 20, 22));
		IJ.saveAsTiff(image, path(input.resolve("a.tif")));
		IJ.saveAsTiff(IJ.createImage("b", "16-bit noise", 50, 40, 3), path(input.resolve("b.tif")));
		final String message = Macros.failure(protect("faces=selection"), "");
		assertTrue(message.contains("1 file protected, 1 failed"), message);
		assertTrue(message.contains("b.tif: no selection"), message);
		assertEquals(List.of("a-concealed.tif"), List.copyOf(hashes(output).keySet()));
		final ImagePlus done = IJ.openImage(path(output.resolve("a-concealed.tif")));
		assertEquals(0, done.getStack().getVoxel(15, 17, 2));
		assertEquals(image.getStack().getVoxel(1, 1, 2), done.getStack().getVoxel(1, 1, 2));
	}

	@Test
	void patternsAndSubfolders() throws IOException {
		for (final String name : List.of("a.tif", "b.TIF", "c.png", "sub/a.tif", "sub/deep/d.tif",
			".hidden.tif", "Thumbs.db", "sub/.git/x.tif"))
		{
			Files.createDirectories(input.resolve(name).getParent());
			Files.createFile(input.resolve(name));
		}
		assertEquals("[a.tif, b.TIF, sub/a.tif, sub/deep/d.tif]", found("*.tif", true));
		assertEquals("[a.tif, b.TIF, c.png, sub/a.tif, sub/deep/d.tif]", found(" ", true));
		assertEquals("[a.tif, b.TIF, c.png]", found("*.{tif,png}", false));
		assertEquals("[a.tif, c.png, sub/a.tif]", found("a.*; *.png", true));
		assertEquals("[sub/a.tif]", found("sub/*.tif", true));
		assertEquals("[sub/a.tif, sub/deep/d.tif]", found("sub/**", true));
		assertTrue(Macros.failure(protect("pattern=*.xyz"), "").contains("no file that matches"));
		assertTrue(Macros.failure(protect("pattern=*.[t"), "").contains("not valid"));
	}

	private String found(final String pattern, final boolean subfolders) {
		return path(Path.of(new FolderSearch(pattern, subfolders).in(input).toString()));
	}

	@Test
	void foldersThatWouldMixUpOriginalsResultsAndKeys() throws IOException {
		IJ.saveAsTiff(IJ.createImage("a", "8-bit noise", 50, 40, 1), path(input.resolve("a.tif")));
		final Path original = output;
		for (final Path bad : List.of(input, input.resolve("out"), folder)) {
			output = bad;
			assertTrue(Macros.failure(protect(""), "").contains("must not be"), bad.toString());
		}
		output = original;
		for (final Path bad : List.of(input, output, output.resolve("keys"), folder)) {
			keys = bad;
			assertTrue(Macros.failure(protect(""), "").contains("must not be"), bad.toString());
		}
		Files.createSymbolicLink(folder.resolve("link"), input);
		output = folder.resolve("link/out");
		keys = folder.resolve("keys");
		assertTrue(Macros.failure(protect(""), "").contains("must not be"));
		assertEquals(1, hashes(input).size());
		assertFalse(Files.exists(original));
		assertTrue(Macros.failure(
			"run('Protect Folder...', 'input=[" + path(input) + "] output=[" + path(original) +
				"] recipient=[" + path(folder.resolve("recipient.txt")) + "]');", "").contains("recipient"));
		assertTrue(Macros.failure("run('Protect Folder...', 'input=[" + path(input) + "] output=[" + path(
			original) + "] keys=[" + path(keys) + "]');", "").contains("recipient"));
	}

	@Test
	void namesThatWouldMeetAreRefused() throws IOException {
		IJ.saveAsTiff(IJ.createImage("a", "8-bit noise", 50, 40, 1), path(input.resolve("a.tif")));
		Files.copy(input.resolve("a.tif"), input.resolve("a.tiff"));
		assertTrue(Macros.failure(protect(""), "").contains("same name"));
		assertFalse(Files.exists(output));
	}

	@Test
	void wrongKeysAndChangedImagesFailAlone() throws IOException {
		for (int i = 0; i < 4; i++) {
			final ImagePlus image = IJ.createImage("a", "8-bit noise", 50, 40, 1);
			image.setRoi(5, 6, 20, 22);
			IJ.saveAsTiff(image, path(input.resolve("image" + i + ".tif")));
		}
		Macros.run(protect("faces=selection"), "");
		Files.delete(keys.resolve("image0-concealed.dpkey"));
		Files.delete(keys.resolve("image1-concealed.dpkey"));
		Files.copy(keys.resolve("image2-concealed.dpkey"), keys.resolve("image1-concealed.dpkey"));
		final ImagePlus edited = IJ.openImage(path(output.resolve("image3-concealed.tif")));
		edited.getProcessor().set(1, 1, edited.getProcessor().get(1, 1) ^ 1);
		IJ.saveAsTiff(edited, path(output.resolve("image3-concealed.tif")));
		final Path originals = folder.resolve("originals");
		final String message = Macros.failure(recover(originals, ""), "");
		assertTrue(message.contains("1 file recovered, 3 failed"), message);
		assertTrue(message.contains("image0-concealed.tif: there is no key file"), message);
		assertTrue(message.contains("image1-concealed.tif: "), message);
		assertEquals(List.of("image2-recovered.tif"), List.copyOf(hashes(originals).keySet()));
		assertArrayEquals(pixels(input.resolve("image2.tif")), pixels(originals.resolve(
			"image2-recovered.tif")));

		try (KeyPair other = KeyPair.generate()) {
			Files.delete(folder.resolve("identity.txt"));
			other.write(folder.resolve("identity.txt"), folder.resolve("other.txt"));
		}
		final String wrong = Macros.failure(recover(folder.resolve("none"), ""), "");
		assertTrue(wrong.contains("0 files recovered, 4 failed"), wrong);
		assertTrue(hashes(folder.resolve("none")).isEmpty());
	}

	@Test
	void passphrasesFromAFile() throws IOException {
		final ImagePlus image = IJ.createImage("a", "8-bit noise", 50, 40, 1);
		image.setRoi(5, 6, 20, 22);
		IJ.saveAsTiff(image, path(input.resolve("a.tif")));
		final Path secret = Files.writeString(folder.resolve("secret.txt"), "correct horse\n");
		final String phrase = "] passphrase_file=[" + path(secret) + "]";
		Macros.run("run('Protect Folder...', 'faces=selection input=[" + path(input) + "] output=[" + path(
			output) + "] keys=[" + path(keys) + phrase + "'); run('Recover Folder...', 'input=[" + path(
				output) + "] keys=[" + path(keys) + "] output=[" + path(folder.resolve("originals")) + phrase +
			"');", "");
		assertArrayEquals(pixels(input.resolve("a.tif")), pixels(folder.resolve(
			"originals/a-recovered.tif")));
		assertFalse(Files.readString(output.resolve(RunFiles.LOG)).contains("horse"));
	}

	@Test
	void thumbnailsAreCutFromTheResult() throws IOException {
		IJ.saveAs(MixedFolder.photograph(SIDE), "png", path(input.resolve("a.png")));
		Macros.run(protect(""), "");
		final String html = Files.readString(output.resolve(RunFiles.HTML));
		final String data = html.replaceFirst("(?s).*base64,([^\"]+)\".*", "$1");
		final BufferedImage thumbnail = ImageIO.read(
			new ByteArrayInputStream(Base64.getDecoder().decode(data)));
		// the middle, where the face was, is black but for JPEG's rounding
		final int w = thumbnail.getWidth();
		final int h = thumbnail.getHeight();
		for (int y = 2 * h / 5; y < 3 * h / 5; y++)
			for (int x = 2 * w / 5; x < 3 * w / 5; x++)
				assertTrue((thumbnail.getRGB(x, y) & 0xf0f0f0) == 0, "pixel " + x + ", " + y);
		assertNotEquals(0, w);
	}
}
