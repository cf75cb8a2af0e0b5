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
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.OvalRoi;
import ij.gui.PointRoi;
import ij.gui.Roi;
import ij.process.ImageProcessor;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.ij1.Macros;
import sc.fiji.diffprivacy.image.imageplus.ImagePlusPlanes;
import sc.fiji.diffprivacy.key.KeyPair;

/** Detecting faces and concealing them by macros, with a real photograph. */
class MacroDetectTest {

	private static final String OPEN = "open('macros/demo/astronaut.png');";
	private static final String ID = "return '' + getImageID();";
	/** In the photograph: on the face, on its chin and forehead, and beside it. */
	private static final int[][] INSIDE = { { 225, 120 }, { 225, 165 }, { 225, 70 }, { 190, 110 } };
	private static final int[][] OUTSIDE = { { 120, 120 }, { 330, 120 }, { 225, 250 }, { 20, 20 } };

	@TempDir
	Path folder;

	@BeforeEach
	@AfterEach
	void close() {
		Macros.closeImages();
		Macros.run("run('Clear Results');", "");
	}

	private static ImagePlus run(final String macro) {
		return WindowManager.getImage(Integer.parseInt(Macros.run(macro + ID, "")));
	}

	private String path(final String name) {
		return folder.resolve(name).toString().replace('\\', '/');
	}

	/** Black where the face was, in one plane of the result. */
	private static void assertConcealed(final ImageProcessor before, final ImageProcessor after) {
		for (final int[] xy : INSIDE)
			assertEquals(0, after.get(xy[0], xy[1]) & 0xffffff, xy[0] + ", " + xy[1]);
		assertUntouched(before, after);
	}

	private static void assertUntouched(final ImageProcessor before, final ImageProcessor after) {
		for (final int[] xy : OUTSIDE)
			assertEquals(before.get(xy[0], xy[1]), after.get(xy[0], xy[1]), xy[0] + ", " + xy[1]);
	}

	@Test
	void detectMarksTheFaceAndChangesNoPixel() {
		final ImagePlus plain = run(OPEN);
		final ImagePlus image = run(OPEN + "run('Detect Faces...', ''); if (nResults != 1) exit('rows: ' + nResults);" +
			"if (getResult('Score', 0) < 0.9 || getResultLabel(0) != 'astronaut.png') exit('row');" +
			"if (abs(getResult('NoseX', 0) - 224) > 8 || getResult('Slice', 0) != 1) exit('nose');" +
			"if (Overlay.size != 2) exit('overlay: ' + Overlay.size);");
		assertEquals("astronaut.png", image.getTitle());
		for (int i = 0; i < 512 * 512; i++)
			assertEquals(plain.getProcessor().get(i), image.getProcessor().get(i));
		final Roi oval = image.getOverlay().get(0);
		assertTrue(oval instanceof OvalRoi && image.getOverlay().get(1) instanceof PointRoi);
		for (final int[] xy : INSIDE)
			assertTrue(oval.contains(xy[0], xy[1]));
		for (final int[] xy : OUTSIDE)
			assertFalse(oval.contains(xy[0], xy[1]));
		assertEquals(0, oval.getPosition());
		assertNull(image.getRoi());
	}

	@Test
	void detectAgainReplacesItsOwnMarksOnly() {
		final ImagePlus image = run(OPEN + "makeRectangle(5, 5, 20, 20); run('Add Selection...'); run('Select None');" +
			"run('Detect Faces...', 'show=overlay'); run('Detect Faces...', 'show=overlay');" +
			"if (nResults != 0) exit('table');");
		assertEquals(3, image.getOverlay().size());
		assertNull(run(OPEN + "run('Detect Faces...', 'show=table'); if (nResults != 1) exit('table');")
			.getOverlay());
		assertNull(run("newImage('n', '8-bit ramp', 99, 99, 1); run('Detect Faces...', '');")
			.getOverlay());
	}

	@Test
	void optionsOfTheDetector() {
		Macros.run(OPEN + "run('Detect Faces...', 'smallest=200'); run('Detect Faces...', 'score=0.99 show=overlay smallest=8');",
			"");
		for (final String bad : new String[] { "score=1", "score=x", "smallest=2", "show=roi", "scor=0.5" })
			assertTrue(Macros.failure(OPEN + "run('Detect Faces...', '" + bad + "');", "").contains(bad
				.substring(0, 4)));
		assertTrue(Macros.failure("run('Detect Faces...', '');", "").contains("no image open"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "run('8-bit');", "run('16-bit');", "run('32-bit');" })
	void detectedFacesAreConcealedAndRecovered(final String convert) {
		try (KeyPair pair = KeyPair.generate()) {
			pair.write(folder.resolve("id.txt"), folder.resolve("rec.txt"));
		}
		final ImagePlus before = run(OPEN + convert);
		final ImagePlus after = run(OPEN + convert + "run('Conceal Faces...', 'key=[" + path("a.dpkey") +
			"] recipient=[" + path("rec.txt") + "]');");
		assertConcealed(before.getProcessor(), after.getProcessor());
		assertTrue(after.getInfoProperty().contains("solid mask; 1 face detected"), after
			.getInfoProperty());
		after.show();
		final ImagePlus recovered = run("selectImage(" + after.getID() + "); run('Recover Faces...', 'key=[" +
			path("a.dpkey") + "] identity=[" + path("id.txt") + "]');");
		for (int i = 0; i < 512 * 512; i++)
			assertEquals(before.getProcessor().get(i), recovered.getProcessor().get(i));
	}

	/** What detecting leaves is what concealing needs; the points go with the face. */
	@Test
	void theOverlayServesAsSelection() {
		final ImagePlus before = run(OPEN);
		final ImagePlus after = run(OPEN +
			"run('Detect Faces...', ''); run('Conceal Faces...', 'faces=selection');");
		assertConcealed(before.getProcessor(), after.getProcessor());
		assertNull(after.getOverlay());
	}

	/** What detecting left is found again; what a person drew or moved is another matter. */
	@Test
	void marksOfDetectedFacesAreNotMissed() {
		final ImagePlus image = run(OPEN + "run('Detect Faces...', 'show=overlay');");
		assertEquals(List.of(), warnings(image));
		image.setRoi(10, 10, 30, 30);
		assertTrue(warnings(image).get(0).contains("its selection or overlay was not used"));
		image.deleteRoi();
		image.getOverlay().get(0).setLocation(100, 20);
		assertEquals(1, warnings(image).size());
	}

	private static List<String> warnings(final ImagePlus image) {
		return FaceSource.find(ImagePlusPlanes.of(image), FaceSource.DETECT, "", 5, Progress.NONE)
			.warnings();
	}

	@Test
	void detectionAndSelectionTogether() {
		final String select = OPEN + "makeRectangle(10, 10, 30, 30);";
		final ImagePlus both = run(select + "run('Conceal Faces...', 'faces=[detect and selection]');");
		assertEquals(0, both.getProcessor().get(225, 120) & 0xffffff);
		assertEquals(0, both.getProcessor().get(20, 20) & 0xffffff);
		assertTrue(both.getInfoProperty().contains("1 face detected, 1 selected"));
		final ImagePlus one = run(select + "run('Conceal Faces...', '');");
		assertTrue((one.getProcessor().get(20, 20) & 0xffffff) != 0);
		final ImagePlus selected = run("newImage('n', '8-bit white', 99, 99, 1); makeRectangle(10, 10, 30, 30);" +
			"run('Conceal Faces...', 'faces=[detect and selection]');");
		assertEquals(0, selected.getProcessor().get(20, 20));
	}

	@Test
	void noFaceNoResult() {
		for (final String image : new String[] { "newImage('n', 'RGB ramp', 99, 99, 1);",
			"newImage('n', '16-bit noise', 50, 50, 3);", "newImage('n', '8-bit black', 1, 1, 1);" })
		{
			final String message = Macros.failure(image + "run('Conceal Faces...', 'output=[" + path(
				"out.tif") + "]');", "");
			assertTrue(message.contains("n: no face was found"), message);
			assertFalse(folder.resolve("out.tif").toFile().exists());
			assertNull(WindowManager.getImage("n-concealed"));
			Macros.closeImages();
		}
	}

	/** The photograph in some planes, counted from 1, nothing but marks outside of it in the others. */
	private ImagePlus stack(final int channels, final int slices, final int frames,
		final int... withFace)
	{
		final ImagePlus photograph = IJ.openImage("macros/demo/astronaut.png");
		IJ.run(photograph, "8-bit", "");
		final ImagePlus stack = IJ.createHyperStack("s", 512, 512, channels, slices, frames, 8);
		for (final int i : withFace)
			stack.getStack().setProcessor(photograph.getProcessor().duplicate(), i);
		for (int i = 1; i <= stack.getStackSize(); i++)
			for (final int[] xy : OUTSIDE)
				stack.getStack().getProcessor(i).set(xy[0], xy[1], 77);
		if (frames == 1 && channels == 1) stack.setOpenAsHyperStack(false);
		stack.show();
		return stack;
	}

	@Test
	void aFaceThatIsLostInTheMiddleIsConcealedThere() {
		final ImagePlus stack = stack(1, 5, 1, 2, 4);
		for (final int[] xy : INSIDE)
			stack.getStack().getProcessor(3).set(xy[0], xy[1], 200);
		final ImagePlus after = run("selectImage(" + stack.getID() + "); run('Conceal Faces...', 'bridge=1');");
		for (int i = 1; i <= 5; i++)
			assertConcealed(stack.getStack().getProcessor(i), after.getStack().getProcessor(i));
		final ImagePlus marked = run("selectImage(" + stack.getID() + "); run('Detect Faces...', 'bridge=1'); run('Conceal Faces...', 'faces=selection');");
		for (int i = 1; i <= 5; i++)
			assertConcealed(stack.getStack().getProcessor(i), marked.getStack().getProcessor(i));
		assertEquals(7, stack.getOverlay().size());
		assertNull(marked.getOverlay());
		assertTrue(after.getInfoProperty().contains("2 faces detected in 2 of 5 slices; 3 lost for a moment, put where they should be, in slices 1, 3, 5"),
			after.getInfoProperty());
		final ImagePlus apart = run("selectImage(" + stack.getID() + "); run('Conceal Faces...', 'bridge=0');");
		assertEquals(200, apart.getStack().getProcessor(3).get(INSIDE[0][0], INSIDE[0][1]));
		assertConcealed(stack.getStack().getProcessor(2), apart.getStack().getProcessor(2));
	}

	@Test
	void hyperstacksAreConcealedWhereTheFaceIs() {
		// channel 2, slice 1, frame 2 and channel 1, slice 2, frame 1
		final ImagePlus stack = stack(2, 2, 2, 6, 3);
		final ImagePlus direct = run("selectImage(" + stack.getID() + "); run('Conceal Faces...', 'bridge=0');");
		final ImagePlus marked = run("selectImage(" + stack.getID() + "); run('Detect Faces...', 'show=overlay bridge=0'); run('Conceal Faces...', 'faces=selection');");
		assertTrue(stack.getOverlay().get(0).hasHyperStackPosition());
		for (final ImagePlus after : new ImagePlus[] { direct, marked })
			for (int i = 1; i <= 8; i++) {
				final int[] position = stack.convertIndexToPosition(i);
				if (position[1] != position[2]) assertConcealed(stack.getStack().getProcessor(i), after
					.getStack().getProcessor(i));
				else assertEquals(0, after.getStack().getProcessor(i).getStatistics().min, "plane " + i);
				assertUntouched(stack.getStack().getProcessor(i), after.getStack().getProcessor(i));
			}
	}

	@Test
	void plainStacksAreMarkedAtTheirSlice() {
		final ImagePlus stack = stack(1, 3, 1, 2);
		final ImagePlus after = run("selectImage(" + stack.getID() + "); run('Detect Faces...', 'show=overlay'); run('Conceal Faces...', 'faces=selection');");
		assertEquals(2, stack.getOverlay().get(0).getPosition());
		assertConcealed(stack.getStack().getProcessor(2), after.getStack().getProcessor(2));
		assertNull(after.getOverlay());
	}

	@Test
	void virtualStacksAreSearchedPlaneByPlane() {
		IJ.saveAsTiff(stack(1, 3, 1, 1, 3), path("v.tif"));
		Macros.closeImages();
		final ImagePlus after = run("run('TIFF Virtual Stack...', 'open=[" + path("v.tif") +
			"]'); run('Conceal Faces...', 'method=pixelate');");
		assertTrue(after.getStack().isVirtual());
		assertTrue(after.getInfoProperty().contains("2 faces detected in 2 of 3 slices; 1 lost"), after
			.getInfoProperty());
	}
}
