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
package sc.fiji.diffprivacy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Stream;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.cell.CellImgFactory;
import net.imglib2.img.planar.PlanarImgFactory;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.util.ImgUtil;
import net.imglib2.view.Views;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.convert.ConvertService;
import org.scijava.plugin.Parameter;
import org.scijava.util.ClassUtils;

import sc.fiji.diffprivacy.common.DiffPrivacyException;
import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.image.AxisImage;
import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.TestImages;
import sc.fiji.diffprivacy.image.imageplus.ImagePlusFromImg;
import sc.fiji.diffprivacy.image.imageplus.ImagePlusView;
import sc.fiji.diffprivacy.privacy.ConcealMethod;
import sc.fiji.diffprivacy.privacy.Concealer;

/** The commands as scripts and other plugins run them. */
class CommandsTest {

	private static final long[] SIZE = { 61, 43, 3 };

	private static Context context;

	@TempDir
	Path folder;

	@BeforeAll
	static void start() {
		context = new Context();
	}

	@AfterAll
	static void stop() {
		context.dispose();
	}

	private static CommandModule run(final Class<? extends Command> command, final Object... inputs)
		throws Exception
	{
		return context.service(CommandService.class).run(command, true, inputs).get();
	}

	static Stream<Object> storages() {
		final Img<UnsignedShortType> array = TestImages.fill(ArrayImgs.unsignedShorts(SIZE), 5);
		final Img<UnsignedShortType> planar = new PlanarImgFactory<>(new UnsignedShortType()).create(
			SIZE);
		ImgUtil.copy(array, planar);
		final Img<UnsignedShortType> cells = new CellImgFactory<>(new UnsignedShortType(), 16).create(
			SIZE);
		ImgUtil.copy(array, cells);
		final RandomAccessibleInterval<UnsignedShortType> reordered = Views.permute(Views.permute(array,
			0, 2), 1, 2);
		return Stream.of(array, planar, cells, Views.translate(array, 5, -7, 2), AxisImage.named("n",
			reordered, "C", "X", "Y"), ImagePlusFromImg.copy(new AxisImage<>("i", array)));
	}

	@ParameterizedTest
	@MethodSource("storages")
	void everyStorageGivesTheSame(final Object input) throws Exception {
		final Path identity = folder.resolve("id.txt");
		final Path recipient = folder.resolve("rec.txt");
		run(CreateKeyPair.class, "identity", identity.toFile(), "recipient", recipient.toFile());
		final Path key = folder.resolve("a.dpkey");
		final CommandModule done = run(ConcealFaces.class, "image", input, "faces", "selection", "boxes",
			"10, 5, 30, 25; 50, 30, 20, 20", "method", "pixelate", "key", key.toFile(), "recipient",
			recipient.toString());
		final RandomAccessibleInterval<?> view = (RandomAccessibleInterval<?>) done.getOutput(
			"resultView");

		// the Java API, without ImagePlus and SciJava
		final Img<UnsignedShortType> expected = TestImages.fill(ArrayImgs.unsignedShorts(SIZE), 5);
		final AxisImage<UnsignedShortType> image = new AxisImage<>("plain", expected);
		assertEquals(0, TestImages.differences(image.patchedCopy("p", new Concealer(
			ConcealMethod.PIXELATE, 25).conceal(image, List.of(FaceRegion.rectangle(10, 5, 30, 25),
				FaceRegion.rectangle(50, 30, 20, 20)), Progress.NONE).patches()).image(), view));
		assertTrue(TestImages.differences(expected, view) > 1000);
		final CommandModule recovered = run(RecoverFaces.class, "image", done.getOutput("result"), "key",
			key.toFile(), "identity", identity.toFile());
		assertEquals(0, TestImages.differences(expected, (RandomAccessibleInterval<?>) recovered
			.getOutput("resultView")));
	}

	@Test
	void recoverTakesAnImgDirectly() throws Exception {
		final Img<UnsignedShortType> original = TestImages.fill(ArrayImgs.unsignedShorts(SIZE), 5);
		final ImagePlus image = ImagePlusFromImg.copy(new AxisImage<>("r", original));
		image.setRoi(3, 3, 20, 20);
		final Path identity = folder.resolve("id.txt");
		final Path recipient = folder.resolve("rec.txt");
		final Path key = folder.resolve("a.dpkey");
		assertTrue(((String) run(CreateKeyPair.class, "identity", identity.toFile(), "recipient",
			recipient.toFile()).getOutput("summary")).contains("age1"));
		final CommandModule done = run(ConcealFaces.class, "image", image, "faces", "selection", "key", key.toFile(),
			"recipient", recipient.toString());
		final Img<UnsignedShortType> concealed = ArrayImgs.unsignedShorts(SIZE);
		ImgUtil.copy(cast(done.getOutput("resultView")), concealed);
		final CommandModule recovered = run(RecoverFaces.class, "image", concealed, "key", key.toFile(),
			"identity", identity.toFile());
		assertEquals(0, TestImages.differences(original, (RandomAccessibleInterval<?>) recovered
			.getOutput("resultView")));
		assertEquals("image-recovered", ((ImagePlus) recovered.getOutput("result")).getTitle());
	}

	@SuppressWarnings("unchecked")
	private static <T> T cast(final Object object) {
		return (T) object;
	}

	@Test
	void outputFilesAreLosslessAndNew() throws Exception {
		final ImagePlus image = IJ.createImage("ramp", "16-bit ramp", 50, 50, 3);
		image.setRoi(3, 3, 20, 20);
		final Path output = folder.resolve("out.tif");
		final Path key = folder.resolve("a.dpkey");
		run(ConcealFaces.class, "image", image, "faces", "selection", "output", output.toFile(), "key", key.toFile(),
			"passphrase", "x");
		final ImagePlus saved = IJ.openImage(output.toString());
		final CommandModule recovered = run(RecoverFaces.class, "image", saved, "key", key.toFile(),
			"passphrase", "x", "output", folder.resolve("back.tif").toFile());
		assertEquals(0, TestImages.differences((RandomAccessibleInterval<?>) ImagePlusView.of(image),
			(RandomAccessibleInterval<?>) recovered.getOutput("resultView")));
		assertEquals(0, TestImages.differences((RandomAccessibleInterval<?>) ImagePlusView.of(image),
			ImagePlusView.of(IJ.openImage(folder.resolve("back.tif").toString()))));
		assertFailure("out.tif", ConcealFaces.class, "image", image, "output", output.toFile());
		assertEquals(3, count());
	}

	@Test
	void nothingIsWrittenOnFailure() throws Exception {
		final ImagePlus image = IJ.createImage("ramp", "8-bit ramp", 50, 50, 1);
		final Path key = folder.resolve("a.dpkey");
		assertFailure("ramp: there is no selection", ConcealFaces.class, "image", image, "faces", "selection", "key", key
			.toFile(), "passphrase", "x");
		image.setRoi(3, 3, 20, 20);
		assertFailure("nobody could open", ConcealFaces.class, "image", image, "key", key.toFile());
		assertFailure("lossy", ConcealFaces.class, "image", image, "key", key.toFile(), "passphrase",
			"x", "output", folder.resolve("a.jpg").toFile());
		assertFailure("result: the name does not end in .tif", ConcealFaces.class, "image", image, "output",
			folder.resolve("result").toFile());
		assertFailure("nobody could open the key files in this folder", ProtectFolder.class, "input", folder
			.toFile(), "output", folder.resolve("o").toFile(), "keys", folder.resolve("k").toFile());
		assertFailure("but no keys folder", ProtectFolder.class, "input", folder.toFile(), "output", folder
			.resolve("o").toFile(), "passphrase", "x");
		assertFailure("The device \"tpu\" is not known", ModelsAndEngine.class, "device", "tpu");
		assertFailure("both a recipient and a passphrase", ConcealFaces.class, "image", image, "key", key
			.toFile(), "passphrase", "x", "recipient", "age1");
		assertFailure("age1qqq", ConcealFaces.class, "image", image, "key", key.toFile(), "recipient",
			"age1qqq");
		assertFailure("folder does not exist", ConcealFaces.class, "image", image, "key", folder.resolve(
			"none/a.dpkey").toFile(), "passphrase", "x");
		assertFailure("both the key and the image", ConcealFaces.class, "image", image, "key", folder
			.resolve("a.tif").toFile(), "passphrase", "x", "output", folder.resolve("a.tif").toFile());
		assertFailure("but no key file", ConcealFaces.class, "image", image, "recipient", "age1qqq");
		assertFailure("but no key file", ConcealFaces.class, "image", image, "passphrase", "x");
		assertFailure("the image is empty", ConcealFaces.class, "image", new ImagePlus());
		assertEquals(0, count());
	}

	private static Stream<Arguments> parameters(final Predicate<Parameter> wanted) {
		return Stream.of(AnonymizeFaces.class, HideIdentity.class, ConcealFaces.class, DetectFaces.class,
			RecoverFaces.class, ProtectFolder.class, RecoverFolder.class, ModelsAndEngine.class,
			EvaluateProtection.class).flatMap(c -> ClassUtils.getAnnotatedFields(c, Parameter.class).stream()
				.filter(f -> wanted.test(f.getAnnotation(Parameter.class))).map(f -> Arguments.of(c, f)));
	}

	static Stream<Arguments> choices() {
		return parameters(p -> p.choices().length > 0);
	}

	static Stream<Arguments> limits() {
		return parameters(p -> !p.min().isEmpty() && !p.max().isEmpty());
	}

	@ParameterizedTest
	@MethodSource("limits")
	void numbersOfScriptsBeyondTheLimitsAreRefused(final Class<? extends Command> type,
		final Field field) throws Exception
	{
		final Parameter limits = field.getAnnotation(Parameter.class);
		for (final double wrong : new double[] { Double.parseDouble(limits.min()) - 1, Double.parseDouble(
			limits.max()) + 1 })
		{
			final Command command = type.getDeclaredConstructor().newInstance();
			if (field.getType() == int.class) ClassUtils.setValue(field, command, (int) wrong);
			else ClassUtils.setValue(field, command, wrong);
			final String message = assertThrows(DiffPrivacyException.class, command::run).getMessage();
			assertEquals(field.getName() + ": " + wrong + " is not allowed. Use a number from " + limits
				.min() + " to " + limits.max() + ".", message);
		}
	}

	@ParameterizedTest
	@MethodSource("choices")
	void unknownChoicesOfScriptsAreRefused(final Class<? extends Command> type, final Field field)
		throws Exception
	{
		for (final String wrong : new String[] { "nonsense", "", null }) {
			final Command command = type.getDeclaredConstructor().newInstance();
			ClassUtils.setValue(field, command, wrong);
			final String message = assertThrows(DiffPrivacyException.class, command::run).getMessage();
			assertTrue(message.startsWith(field.getName() + ": ") && message.contains("\"" + wrong + "\"") &&
				message.contains(String.join(", ", field.getAnnotation(Parameter.class).choices())), message);
		}
	}

	@ParameterizedTest
	@CsvSource({ "true, 1", "yes, 1", "false, 0", "no, 0" })
	void trueAndFalseMeanYesAndNo(final String subfolders, final int expected) throws Exception {
		final Path input = Files.createDirectories(folder.resolve("in/sub")).getParent();
		for (final String name : new String[] { "a.tif", "sub/b.tif" }) {
			final ImagePlus image = IJ.createImage("ramp", "8-bit ramp", 50, 50, 1);
			image.setRoi(3, 3, 20, 20);
			IJ.saveAsTiff(image, input.resolve(name).toString());
		}
		final Path output = folder.resolve("out");
		final Object value = subfolders.length() > 3 ? Boolean.valueOf(subfolders) : subfolders;
		run(ProtectFolder.class, "input", input.toFile(), "output", output.toFile(), "faces",
			"selection", "subfolders", value);
		assertTrue(Files.exists(output.resolve("a-concealed.tif")));
		assertEquals(expected == 1, Files.exists(output.resolve("sub/b-concealed.tif")));
		assertFailure("offline", ModelsAndEngine.class, "source", "https://127.0.0.1:1/a.zip", "sha256",
			"0".repeat(64), "offline", true);
	}

	private static void assertFailure(final String part, final Class<? extends Command> command,
		final Object... inputs)
	{
		Throwable e = assertThrows(ExecutionException.class, () -> run(command, inputs));
		while (e.getCause() != null && !(e instanceof DiffPrivacyException))
			e = e.getCause();
		assertTrue(e.getMessage().contains(part), e.getMessage());
	}

	private long count() throws Exception {
		try (Stream<Path> files = Files.list(folder)) {
			return files.count();
		}
	}

	@Test
	void datasetsAreLeftToFijiAndOtherThingsAreNotConverted() {
		final ConvertService convert = context.service(ConvertService.class);
		assertFalse(new ImgConverter().canConvert("text", ImagePlus.class));
		assertTrue(convert.supports(ArrayImgs.floats(2, 2), ImagePlus.class));
		assertTrue(new ImgConverter().canConvert(ArrayImgs.argbs(2, 2), ImagePlus.class));
		assertFalse(new ImgConverter().canConvert(ArrayImgs.complexFloats(2, 2), ImagePlus.class));
	}
}
