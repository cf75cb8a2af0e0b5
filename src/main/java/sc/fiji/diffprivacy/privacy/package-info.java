/**
 * What protects faces and gives them back: concealing and exact recovery, over
 * planes and key files, without ImageJ or SciJava.
 *
 * <pre>
 * AxisImage&lt;T&gt; image = AxisImage.named("faces", img, "X", "Y", "Time");
 * Concealed done = new Concealer(ConcealMethod.SOLID_MASK, 25).conceal(image, regions, Progress.NONE);
 * KeyFile.write(path, done.key().toPayload(), recipients);
 * AxisImage&lt;T&gt; result = image.patchedCopy("faces-concealed", done.patches());
 * </pre>
 */
package sc.fiji.diffprivacy.privacy;
