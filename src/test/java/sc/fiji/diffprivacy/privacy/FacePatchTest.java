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
package sc.fiji.diffprivacy.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedShortType;

import org.junit.jupiter.api.Test;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.face.Border;
import sc.fiji.diffprivacy.face.CropSampler;
import sc.fiji.diffprivacy.face.FaceCompositor;
import sc.fiji.diffprivacy.face.FaceCrop;
import sc.fiji.diffprivacy.face.FaceMask;
import sc.fiji.diffprivacy.face.IntensityMapping;
import sc.fiji.diffprivacy.face.Kernel;
import sc.fiji.diffprivacy.face.SimilarityTransform;
import sc.fiji.diffprivacy.image.AxisImage;
import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.PatchSet;
import sc.fiji.diffprivacy.image.Pixels;
import sc.fiji.diffprivacy.image.PlaneHasher;
import sc.fiji.diffprivacy.image.PlanePatch;
import sc.fiji.diffprivacy.image.TestImages;

/** A changed crop goes through key file and exact recovery like any other patch. */
class FacePatchTest {

	@Test
	void aReplacedFaceIsRecoveredExactly() {
		final AxisImage<UnsignedShortType> image = new AxisImage<>("cells", TestImages.fill(ArrayImgs
			.unsignedShorts(80, 60, 2), 3));
		final SimilarityTransform toCrop = new SimilarityTransform(1.5, 0.4, 20, -12);
		final FaceCompositor compositor = new FaceCompositor(FaceMask.STANDARD);
		final FaceRegion region = compositor.region("face", toCrop, 64, 80, 60, 0, 0);
		final PatchSet changed = new PatchSet();
		final PatchSet originals = new PatchSet();
		final PlaneHasher<UnsignedShortType> hasher = new PlaneHasher<>(image.format(), () -> {});
		for (int c = 0; c < 2; c++) {
			final FaceCrop crop = new CropSampler(Kernel.CUBIC, Border.REPEAT).sample(image.format(),
				image.plane(c, 0, 0), IntensityMapping.of(image.format(), image.plane(c, 0, 0)), toCrop,
				64);
			originals.addAll(List.of(PlanePatch.of(region, c, 0, 0, Pixels.read(image.format(), image
				.plane(c, 0, 0), region.box()))));
			changed.addAll(List.of(compositor.patch(image.format(), image.plane(c, 0, 0), region, crop
				.with(new float[3 * 64 * 64]), c, 0, 0)));
			hasher.update(image.plane(c, 0, 0), changed.at(c, 0, 0));
		}
		final AxisImage<UnsignedShortType> hidden = image.patchedCopy("hidden", changed);
		assertTrue(TestImages.differences(image.image(), hidden.image()) > 1000);
		final RegionKey key = RegionKeyFormat.read(RegionKeyFormat.write(new RegionKey(ImageFacts.of(
			image), hasher.before(), hasher.after(), "test", List.of(region), originals.all())), "key");
		final PatchSet back = new Recoverer(key, "key").recover(hidden, Progress.NONE);
		assertEquals(0, TestImages.differences(image.image(), hidden.patchedCopy("back", back)
			.image()));
	}
}
