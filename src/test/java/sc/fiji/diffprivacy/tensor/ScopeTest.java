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
package sc.fiji.diffprivacy.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;

import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScopeTest {

	private Compute compute;
	private NDArray lasting;

	@BeforeEach
	void open() {
		compute = Compute.open("cpu", OpsKind.PLAIN, Precision.F32);
		lasting = compute.manager().ones(new Shape(2));
	}

	@AfterEach
	void close() {
		compute.close();
	}

	private int arrays() {
		return compute.manager().getManagedArrays().size();
	}

	@Test
	void onlyWhatIsKeptRemains() {
		final int before = arrays();
		final NDArray kept;
		final NDArray lost;
		try (Scope scope = compute.scope()) {
			// NB: Attached to the manager of the first operand, not to the scope's.
			lost = lasting.add(1);
			kept = scope.keep(lost.mul(3));
			scope.manager().ones(new Shape(5));
		}
		assertEquals(before + 1, arrays());
		assertThrows(IllegalStateException.class, lost::toFloatArray);
		assertEquals(6, kept.toFloatArray()[0]);
		assertEquals(1, lasting.toFloatArray()[0]);
	}

	@Test
	void keptMovesToTheEnclosingScope() {
		final int before = arrays();
		final NDArray kept;
		try (Scope outer = compute.scope()) {
			try (Scope inner = Scope.open(lasting.getManager())) {
				kept = inner.keep(lasting.add(1));
			}
			assertEquals(2, kept.toFloatArray()[0]);
		}
		assertEquals(before, arrays());
		assertThrows(IllegalStateException.class, kept::toFloatArray);
	}

	@Test
	void exceptionReleasesToo() {
		final int before = arrays();
		assertThrows(IllegalArgumentException.class, () -> {
			try (Scope scope = compute.scope()) {
				lasting.add(1);
				throw new IllegalArgumentException();
			}
		});
		assertEquals(before, arrays());
	}

	@Test
	void aliasSharesMemoryButNotTheManager() {
		try (Scope scope = compute.scope()) {
			final NDArray alias = scope.alias(lasting);
			assertTrue(alias.add(1).getManager() == scope.manager());
			assertTrue(lasting.getManager() == compute.manager());
		}
		assertEquals(1, lasting.toFloatArray()[0]);
	}

	@Test
	void nothingIsRecordedOutsideGradients() {
		CompletableFuture.runAsync(() -> {
			JniUtils.setGradMode(true);
			try (Scope scope = compute.scope()) {
				assertFalse(JniUtils.isGradMode());
			}
			assertTrue(JniUtils.isGradMode());
		}).join();
	}
}
