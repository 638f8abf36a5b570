package io.havip.benchmarks;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Measures the kernel's fences on the real network, without a guardian: what they cost healthy
 * traffic, and what a stopped holder still answers when the other member has taken over.
 */
public final class FenceFigures {

  private FenceFigures() {}

  /**
   * Runs the measurements and prints Markdown tables, in some five minutes.
   *
   * @param args the examples' jar, and optionally how many renewals are to be made (20,000)
   * @throws IOException if a configuration cannot be written
   * @throws InterruptedException if interrupted
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    RenewalFigures.print(args.length > 1 ? Integer.parseInt(args[1]) : 20_000);
    System.out.println();
    new StallFigures(Path.of(args[0]).toAbsolutePath()).print();
  }
}
