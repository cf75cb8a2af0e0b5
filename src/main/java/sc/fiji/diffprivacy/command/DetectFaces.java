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

import ij.ImagePlus;
import ij.gui.Roi;
import ij.measure.ResultsTable;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;

import org.scijava.ItemIO;
import org.scijava.app.StatusService;
import org.scijava.command.Command;
import org.scijava.command.ContextCommand;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import sc.fiji.diffprivacy.face.DetectorOptions;
import sc.fiji.diffprivacy.face.Point;
import sc.fiji.diffprivacy.image.imageplus.FaceRois;
import sc.fiji.diffprivacy.image.imageplus.ImagePlusPlanes;
import sc.fiji.diffprivacy.privacy.detection.FaceFinder;
import sc.fiji.diffprivacy.privacy.detection.FaceSurvey;
import sc.fiji.diffprivacy.privacy.detection.FoundFace;

/** Finds faces and marks them; changes no pixel. */
@Plugin(type = Command.class, visible = false, label = "Detect Faces...",
	description = "<b>Finds faces</b> in every slice and frame, and marks them in the image's overlay. No pixel changes. " +
		"Correct the ovals, add what is missing, and run <i>Conceal Faces...</i> with <i>faces: selection</i>.")
public class DetectFaces extends ContextCommand {

	private static final String OVERLAY = "overlay";
	private static final String TABLE = "table";
	private static final String BOTH = "overlay and table";

	@Parameter
	private StatusService status;

	@Parameter(label = "Image", persist = false)
	private ImagePlus image;

	@Parameter(label = "Show", persist = false, choices = { BOTH, OVERLAY, TABLE },
		description = "<i>overlay</i>: an oval around each face, as large as <i>Conceal Faces...</i> would conceal it, and five points. They replace those of an earlier run, and nothing else. " +
			"<i>table</i>: a row in the Results for each face: the detector's box, score and points, in pixels.")
	private String show = BOTH;

	@Parameter(label = "Minimum score", persist = false, required = false, min = "0.05", max = "0.99",
		description = "From which score on something counts as a face. Lower finds more faces, and more that is none. Empty: as the detector was made for.")
	private Double score;

	@Parameter(label = "Smallest face (pixels)", persist = false, min = "8", max = "10000",
		description = "Height of the smallest face to find. Smaller takes longer in large images.")
	private double smallest = DetectorOptions.SMALLEST;

	@Parameter(label = "Bridge (planes)", persist = false, min = "0", max = "1000",
		description = FaceSource.BRIDGE_HELP + " Such ovals are orange, and have no row in the table.")
	private int bridge = FaceSource.BRIDGE;

	@Parameter(type = ItemIO.OUTPUT)
	private ResultsTable table;

	@Parameter(type = ItemIO.OUTPUT)
	private String summary;

	@Override
	public void run() {
		Choices.check(this);
		final FaceFinder finder = FaceFinder.shared();
		final DetectorOptions defaults = finder.defaults().withSmallest(smallest);
		final ImagePlusPlanes<?> planes = ImagePlusPlanes.of(image);
		final FaceSurvey faces = FaceSurvey.of(planes, finder.find(planes, score == null ? defaults
			: defaults.withThreshold(score), new StatusProgress(status, this::isCanceled)), bridge);
		table = new ResultsTable();
		FaceTable.append(table, image.getTitle(), faces.found());
		if (!show.equals(OVERLAY)) SharedResults.add(table, results -> FaceTable.append(results, image
			.getTitle(), faces.found()));
		if (!show.equals(TABLE)) FaceRois.show(image, rois(faces));
		summary = image.getTitle() + ": " + faces.describe();
	}

	private List<Roi> rois(final FaceSurvey faces) {
		final List<Roi> rois = new ArrayList<>();
		for (final FoundFace face : faces.found()) {
			final String name = "face " + (rois.size() / 2 + 1);
			rois.add(oval(face, name, Color.YELLOW));
			rois.add(points(face, name + " points"));
		}
		for (final FoundFace face : faces.bridged())
			rois.add(oval(face, "face, not found here", Color.ORANGE));
		return rois;
	}

	private Roi oval(final FoundFace face, final String name, final Color colour) {
		return FaceRois.oval(image, FaceFinder.region(face, FaceFinder.MARGIN), name, colour);
	}

	private Roi points(final FoundFace face, final String name) {
		final List<Point> points = face.face().points().list();
		final float[] xs = new float[points.size()];
		final float[] ys = new float[points.size()];
		for (int i = 0; i < xs.length; i++) {
			xs[i] = (float) points.get(i).x();
			ys[i] = (float) points.get(i).y();
		}
		return FaceRois.points(image, xs, ys, name, Color.YELLOW, face.slice(), face.frame());
	}
}
