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

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.face.FaceBox;
import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.imageplus.ImagePlusPlanes;
import sc.fiji.diffprivacy.image.imageplus.RoiRegions;
import sc.fiji.diffprivacy.privacy.detection.FaceSurvey;
import sc.fiji.diffprivacy.privacy.detection.FoundFace;
import sc.fiji.diffprivacy.privacy.detection.SelectedFaces;
import sc.fiji.diffprivacy.privacy.protection.DiffusionKeyFormat;
import sc.fiji.diffprivacy.privacy.protection.DiffusionPack;
import sc.fiji.diffprivacy.privacy.protection.FaceNetworks;
import sc.fiji.diffprivacy.privacy.protection.FaceProtector;
import sc.fiji.diffprivacy.privacy.protection.FaceProtector.KeyContent;
import sc.fiji.diffprivacy.privacy.protection.FaceReport;
import sc.fiji.diffprivacy.privacy.protection.ProtectedImage;
import sc.fiji.diffprivacy.privacy.protection.ProtectionSettings;

/**
 * Gives faces new ones by diffusion; a face for which that fails is masked. Keys
 * hold the original pixels, so that folders are recovered bit by bit.
 */
public final class DiffusionProtection implements Protection {

	private final DiffusionPack pack;
	private final FaceNetworks networks;
	private final ProtectionSettings settings;
	private final FaceChoice faces;
	private final KeyContent content;

	/**
	 * @param pack makes the faces; not closed by this
	 * @param networks guide and verify them; not closed by this
	 * @param settings how; seed 0 stands for another random one for each image
	 * @param faces which; its finder also looks into selections
	 * @param keys whether there will be keys
	 */
	public DiffusionProtection(final DiffusionPack pack, final FaceNetworks networks,
		final ProtectionSettings settings, final FaceChoice faces, final boolean keys)
	{
		this.pack = pack;
		this.networks = networks;
		this.settings = settings;
		this.faces = faces;
		content = keys ? KeyContent.EXACT : KeyContent.NONE;
	}

	@Override
	public Map<String, String> parameters() {
		final Map<String, String> parameters = new LinkedHashMap<>();
		parameters.put("method", settings.describe(settings.seed() != 0));
		parameters.put("model pack", pack.hash());
		parameters.put("faces", faces.describe());
		return parameters;
	}

	@Override
	public String suffix() {
		return "-" + settings.task().suffix();
	}

	@Override
	public Protected protect(final ImagePlusPlanes<?> image, final Progress progress) {
		final List<FoundFace> found = new ArrayList<>();
		final List<FaceRegion> masks = new ArrayList<>();
		final String empty = faces.searched() ? detected(image, found, progress) : "";
		if (faces.drawn()) selected(image, found, masks, progress);
		if (found.isEmpty() && masks.isEmpty()) throw faces.none(image);
		final ProtectedImage done = new FaceProtector(pack, networks, seeded()).protect(image, found,
			masks, content, progress);
		final List<ReportedFace> reports = new ArrayList<>();
		for (final FaceReport report : done.reports())
			reports.add(reported(image, report, found));
		return new Protected(done.patches(), done.sha256(), done.key() == null ? null
			: DiffusionKeyFormat.write(done.key()), "faces " + settings.task().suffix() + " (" + settings
				.describe(settings.seed() != 0) + "; model pack " + pack.hash() + "; " + done.masked() + " of " +
				done.reports().size() + " masked)", reports, empty);
	}

	private String detected(final ImagePlusPlanes<?> image, final List<FoundFace> found,
		final Progress progress)
	{
		final FaceSurvey survey = FaceSurvey.of(image, faces.finder().find(image, progress), faces
			.bridge());
		found.addAll(survey.found());
		found.addAll(survey.bridged());
		return survey.planesWithoutFace();
	}

	/** NB: What was drawn around is protected in any case, if need be by a mask. */
	private void selected(final ImagePlusPlanes<?> image, final List<FoundFace> found,
		final List<FaceRegion> masks, final Progress progress)
	{
		final List<FaceRegion> drawn = RoiRegions.of(image.image());
		if (drawn.isEmpty()) return;
		final SelectedFaces selected = SelectedFaces.of(faces.finder(), image, drawn, progress);
		found.addAll(selected.besides(found));
		masks.addAll(selected.without());
	}

	private ProtectionSettings seeded() {
		return settings.seed() != 0 ? settings : new ProtectionSettings(settings.task(), settings
			.diffusion(), new SecureRandom().nextLong(), settings.attempts(), settings.refinements(),
			settings.target(), settings.fitting());
	}

	private ReportedFace reported(final ImagePlusPlanes<?> image, final FaceReport report,
		final List<FoundFace> found)
	{
		final FaceBox box = report.box();
		final Double score = found.stream().filter(f -> f.slice() == report.slice() && f.frame() == report
			.frame() && f.face().box().equals(box)).map(f -> f.face().score()).findFirst().orElse(null);
		return new ReportedFace(report.name(), image.slices() > 1 ? report.slice() : FaceRegion.ALL, image
			.frames() > 1 ? report.frame() : FaceRegion.ALL, (int) Math.floor(box.left()), (int) Math.floor(
				box.top()), (int) Math.ceil(box.width()), (int) Math.ceil(box.height()), report.isMasked()
					? "solid mask" : settings.task().suffix(), score, verification(report), report.isMasked(), null);
	}

	/** How well a new face is protected, or why there is none. */
	private static String verification(final FaceReport report) {
		final String likeness = Double.isNaN(report.cosine()) ? "not verified" : String.format(Locale.ROOT,
			"likeness %.2f, same person from %.2f", report.cosine(), report.threshold());
		if (!report.isMasked()) return likeness;
		return switch (report.reason()) {
			case NOT_PASSED -> "not passed: " + likeness;
			case EMPTY_CHANNEL -> "no face shows in this channel";
			case EMPTY_SELECTION -> "no face fills the selection";
			case NOT_MADE -> "no new face could be made";
		};
	}
}
