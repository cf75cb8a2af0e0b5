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
 * What protection does, measured on originals and protected images: pairs of files
 * are matched by name, faces are found in both, recognisers judge whether they are
 * the same person, and everything is counted, what could not be measured included.
 * Needs neither ImageJ nor SciJava; reports are made by
 * {@code sc.fiji.diffprivacy.evaluate.report}.
 *
 * <pre>
 * try (Compute compute = Compute.open("cpu"); Judges judges = Judges.open(compute, "verify")) {
 *   PairEvaluator evaluator = new PairEvaluator(FaceFinder.shared(), judges.all(), Aim.ANONYMIZED);
 *   PairResult pair = evaluator.evaluate("face", original, anonymized, progress);
 *   Evaluation all = new Evaluation(new Settings(Aim.ANONYMIZED, Matching.CONSERVATIVE, false),
 *     judges.all(), List.of(pair));
 *   Proportion success = all.success();
 * }
 * </pre>
 */
package sc.fiji.diffprivacy.evaluate;
