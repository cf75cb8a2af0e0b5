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

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import net.imglib2.img.Img;
import net.imglib2.type.numeric.ARGBType;

import sc.fiji.diffprivacy.face.FaceBox;

/** Pictures without a face: drawn ones, and the surroundings of photographed people. */
final class FaceFree {

	private static final int SIZE = 512;
	private static final int LEAST = 64;

	private FaceFree() {}

	/** @return pictures like textures, cells, fibres and buildings, always the same ones */
	static List<Img<ARGBType>> drawn(final int count) {
		final List<Img<ARGBType>> pictures = new ArrayList<>();
		for (int i = 0; i < count; i++)
			pictures.add(draw(i));
		return pictures;
	}

	private static Img<ARGBType> draw(final int number) {
		final Random random = new Random(number);
		final BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = image.createGraphics();
		g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
		g.setColor(colour(random));
		g.fillRect(0, 0, SIZE, SIZE);
		final int shapes = 20 + random.nextInt(200);
		final double scale = 4 + random.nextInt(60);
		for (int i = 0; i < shapes; i++) {
			g.setColor(colour(random));
			final double x = random.nextDouble() * SIZE;
			final double y = random.nextDouble() * SIZE;
			final double w = scale * (0.5 + random.nextDouble());
			final double h = scale * (0.5 + random.nextDouble());
			switch (number % 4) {
				case 0 -> cell(g, x, y, w, h);
				case 1 -> {
					g.setStroke(new BasicStroke((float) (1 + w / 20)));
					g.draw(new Line2D.Double(x, y, x + 8 * w - 4 * scale, y + 8 * h - 4 * scale));
				}
				case 2 -> g.fill(new Rectangle2D.Double(x, y, w, 2 * h));
				default -> {
					g.fill(new Ellipse2D.Double(x, y, w, h));
					g.fill(new Rectangle2D.Double(y, x, h, w));
				}
			}
		}
		g.dispose();
		noise(image, random);
		return Pictures.of(image);
	}

	private static void cell(final Graphics2D g, final double x, final double y, final double w,
		final double h)
	{
		g.fill(new Ellipse2D.Double(x, y, w, h));
		g.setColor(g.getColor().darker());
		g.fill(new Ellipse2D.Double(x + w / 4, y + h / 4, w / 3, h / 3));
	}

	private static Color colour(final Random random) {
		return new Color(random.nextInt(1 << 24));
	}

	private static void noise(final BufferedImage image, final Random random) {
		final double strength = 12 * random.nextDouble();
		for (int y = 0; y < SIZE; y++)
			for (int x = 0; x < SIZE; x++) {
				final int change = (int) (strength * random.nextGaussian());
				final Color c = new Color(image.getRGB(x, y));
				image.setRGB(x, y, new Color(byteOf(c.getRed() + change), byteOf(c.getGreen() + change),
					byteOf(c.getBlue() + change)).getRGB());
			}
	}

	private static int byteOf(final int value) {
		return Math.max(0, Math.min(255, value));
	}

	/** @return the strips beside, above and below the faces of photographs with one face */
	static List<Img<ARGBType>> surroundings(final List<HeldOut.Photograph> photographs) {
		final List<Img<ARGBType>> strips = new ArrayList<>();
		for (final HeldOut.Photograph photograph : photographs) {
			final FaceBox face = photograph.box();
			final long width = photograph.picture().dimension(0);
			final long height = photograph.picture().dimension(1);
			add(strips, photograph, 0, 0, (long) face.left() - 4, height);
			add(strips, photograph, (long) face.right() + 4, 0, width, height);
			add(strips, photograph, 0, (long) face.bottom() + 4, width, height);
		}
		return strips;
	}

	private static void add(final List<Img<ARGBType>> strips, final HeldOut.Photograph photograph,
		final long left, final long top, final long right, final long bottom)
	{
		if (right - left >= LEAST && bottom - top >= LEAST) strips.add(Pictures.part(photograph
			.picture(), left, top, right - left, bottom - top));
	}
}
