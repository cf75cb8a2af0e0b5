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
/**
 * Faces in images: finding them with five points, bringing them into the upright
 * square crop that networks are made for, recognising them, and putting a
 * changed crop back so that nothing outside its mask changes. Needs neither
 * ImageJ nor SciJava.
 *
 * <pre>
 * SimilarityTransform toCrop = Alignment.of(points, FaceTemplate.canonical(128));
 * IntensityMapping mapping = IntensityMapping.of(image.format(), plane);
 * FaceCrop crop = new CropSampler(Kernel.CUBIC, Border.REPEAT).sample(image.format(), plane,
 *   mapping, toCrop, 128);
 * FaceCompositor compositor = new FaceCompositor(FaceMask.STANDARD);
 * FaceRegion region = compositor.region("face 1", toCrop, 128, image.width(), image.height(), 0, 0);
 * PlanePatch patch = compositor.patch(image.format(), plane, region, crop.with(changed), 0, 0, 0);
 * </pre>
 *
 * Coordinates are pixels with the centre of the first pixel at (0, 0), in images
 * and crops alike. "Right" and "left" are the person's own.
 */
package sc.fiji.diffprivacy.face;
