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
package sc.fiji.diffprivacy.privacy.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.OvalRoi;
import ij.gui.Roi;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.face.FaceBox;
import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.ImageException;
import sc.fiji.diffprivacy.image.imageplus.ImagePlusPlanes;
import sc.fiji.diffprivacy.image.imageplus.RoiRegions;

/** Which selections the faces that were found fill. */
class SelectedFacesTest {

	private static final FaceBox IMAGE = new FaceBox(0, 0, 600, 400);
	/** A face of 80 x 100 pixels. */
	private static final FaceBox FACE = new FaceBox(200, 100, 280, 200);

	private static FaceRegion selection(final boolean oval, final double left, final double top,
		final double right, final double bottom)
	{
		final ImagePlus image = IJ.createImage("i", "8-bit black", 600, 400, 1);
		image.setRoi(oval ? new OvalRoi(left, top, right - left, bottom - top) : new Roi(left, top,
			right - left, bottom - top));
		return RoiRegions.of(image).get(0);
	}

	private static int open(final List<FaceRegion> selections, final FaceBox... faces) {
		return FilledSelections.open(selections, List.of(faces), IMAGE).size();
	}

	/** Exactly, generously, off the middle, within, with hair and neck, and as Detect Faces... draws. */
	@ParameterizedTest
	@CsvSource({ "200,100,280,200", "160,50,320,250", "190,60,330,260", "215,120,265,180",
		"190,50,290,260", "176,70,304,230", "212,112,292,212" })
	void aSelectionAroundAFaceIsFilled(final int left, final int top, final int right,
		final int bottom)
	{
		for (final boolean oval : new boolean[] { true, false })
			assertEquals(0, open(List.of(selection(oval, left, top, right, bottom)), FACE));
	}

	/** The neighbour's face reaches into it, has its middle in it, lies in its left half. */
	@ParameterizedTest
	@CsvSource({ "270,100,350,200", "235,90,345,210", "225,80,345,230", "195,80,345,230",
		"190,90,290,310" })
	void aSelectionBesideAFaceIsNot(final int left, final int top, final int right,
		final int bottom)
	{
		for (final boolean oval : new boolean[] { true, false })
			assertEquals(1, open(List.of(selection(oval, left, top, right, bottom)), FACE));
	}

	@Test
	void aFaceFillsOneSelection() {
		final FaceRegion around = selection(true, 180, 80, 300, 220);
		final FaceRegion missed = selection(false, 195, 90, 334, 210);
		assertEquals(List.of(missed), FilledSelections.open(List.of(missed, around), List.of(FACE),
			IMAGE));
		assertEquals(0, open(List.of(missed), FACE));
		// twice around the same face
		assertEquals(0, open(List.of(around, selection(false, 176, 70, 304, 230)), FACE));
		assertEquals(0, open(List.of(missed, around), FACE, new FaceBox(245, 100, 325, 200)));
	}

	@Test
	void facesAtTheBorderCountAsFarAsTheyAreInTheImage() {
		assertEquals(0, open(List.of(selection(false, 0, 80, 75, 230)), new FaceBox(-40, 100, 40, 200)));
		assertEquals(1, FilledSelections.open(List.of(selection(false, 0, 80, 75, 230)), List.of(),
			IMAGE).size());
	}

	/** The shipped detector: the face that it finds is not the one in the selection. */
	@Test
	void selectionsBesideAFaceAreReported() {
		final ImagePlus photograph = IJ.openImage("macros/demo/astronaut.png");
		final ImagePlusPlanes<?> image = ImagePlusPlanes.of(photograph);
		final List<FaceRegion> drawn = new ArrayList<>();
		photograph.setRoi(215, 60, 125, 130);
		drawn.addAll(RoiRegions.of(photograph));
		SelectedFaces selected = SelectedFaces.of(FaceFinder.shared(), image, drawn, Progress.NONE);
		assertEquals(1, selected.found().size());
		assertEquals(drawn.get(0).box(), selected.without().get(0).box());
		final SelectedFaces beside = selected;
		assertTrue(assertThrows(ImageException.class, () -> beside.requireAll(image, "Mask it."))
			.getMessage().contains("\"selection\", or none that fills it. Mask it."));
		photograph.setRoi(new OvalRoi(160, 30, 130, 170));
		drawn.addAll(RoiRegions.of(photograph));
		selected = SelectedFaces.of(FaceFinder.shared(), image, drawn, Progress.NONE);
		assertEquals(1, selected.found().size());
		assertEquals(1, selected.without().size());
		selected = SelectedFaces.of(FaceFinder.shared(), image, drawn.subList(1, 2), Progress.NONE);
		assertEquals(List.of(), selected.requireAll(image, "").without());
	}
}
