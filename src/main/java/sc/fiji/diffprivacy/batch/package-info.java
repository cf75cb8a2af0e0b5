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
 * Whole folders: every image of a folder is protected or recovered into another
 * folder, by several workers, with a log that lets an interrupted run go on, and
 * reports for a quick look by a person.
 * <p>
 * A {@link sc.fiji.diffprivacy.batch.FileJob} says what is done to one file; a
 * {@link sc.fiji.diffprivacy.batch.FolderRun} does it to all of them. How faces
 * are protected is a {@link sc.fiji.diffprivacy.batch.Protection}.
 *
 * <pre>
 * Folders folders = new Folders(input, output, keys);
 * FaceChoice faces = new FaceChoice(FaceFinder.shared(), true, 5, false);
 * FileJob job = new ProtectJob(new ConcealProtection(concealer, faces), folders,
 *   Recipients.parse("age1..."), new ImageOpener(1 &lt;&lt; 28));
 * RunSummary summary = new FolderRun(folders, new FolderSearch("*.tif", true), job, 2).run(progress);
 * if (summary.failed() &gt; 0) throw summary.failure();
 * </pre>
 */
package sc.fiji.diffprivacy.batch;
