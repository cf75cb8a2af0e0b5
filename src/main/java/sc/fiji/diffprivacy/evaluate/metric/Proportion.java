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
package sc.fiji.diffprivacy.evaluate.metric;

import java.util.Locale;

import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;

/**
 * A share with its 95 % confidence interval by Wilson's score, which also holds
 * for few cases and for shares near 0 and 1.
 *
 * @param count cases that have it
 * @param total all cases
 */
public record Proportion(int count, int total) {

	/** Probability that intervals of this kind hold the true share. */
	public static final double LEVEL = 0.95;

	/**
	 * @param count cases that have it
	 * @param total all cases
	 * @throws IllegalArgumentException if not 0 &lt;= count &lt;= total
	 */
	public Proportion {
		if (count < 0 || count > total) throw new IllegalArgumentException(count + " of " + total);
	}

	/** @return the share, 0 to 1; not a number if there is no case */
	public double value() {
		return (double) count / total;
	}

	/** @return the interval's lower end, 0 to 1; 0 if there is no case */
	public double low() {
		return total == 0 || count == 0 ? 0 : interval().getLowerBound();
	}

	/** @return the interval's upper end, 0 to 1; 1 if there is no case */
	public double high() {
		return count == total ? 1 : interval().getUpperBound();
	}

	private ConfidenceInterval interval() {
		return new WilsonScoreInterval().createInterval(total, count, LEVEL);
	}

	/** @return the other cases */
	public Proportion complement() {
		return new Proportion(total - count, total);
	}

	/** @return for example "93.0 % (86.3 to 96.6 %), 93 of 100" */
	@Override
	public String toString() {
		return total == 0 ? "no case" : String.format(Locale.ROOT,
			"%.1f %% (%.1f to %.1f %%), %d of %d", 100 * value(), 100 * low(), 100 * high(), count,
			total);
	}
}
