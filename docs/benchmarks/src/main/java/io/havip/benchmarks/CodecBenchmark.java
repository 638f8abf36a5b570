package io.havip.benchmarks;

import io.havip.net.IpAddress;
import io.havip.wire.ChecksumForm;
import io.havip.wire.VrrpAdvert;
import io.havip.wire.VrrpAuth;
import io.havip.wire.VrrpCodec;
import io.havip.wire.VrrpParse;
import io.havip.wire.VrrpVersion;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to write and to read one advert. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {

  private final IpAddress source = IpAddress.parse("172.17.16.7");
  private final IpAddress destination = IpAddress.parse("224.0.0.18");
  private final VrrpAdvert advert =
      new VrrpAdvert(
          VrrpVersion.V3, 51, 100, 100, List.of(IpAddress.parse("172.17.16.3")), VrrpAuth.NONE);
  private final byte[] buffer = new byte[64];
  private final byte[] packet =
      VrrpCodec.encode(advert, source, destination, ChecksumForm.PSEUDO_HEADER);

  /** Writes into a buffer that is used again. */
  @Benchmark
  public int encode() {
    return VrrpCodec.encode(advert, source, destination, ChecksumForm.PSEUDO_HEADER, buffer, 0);
  }

  /** Reads and checks. */
  @Benchmark
  public VrrpParse parse() {
    return VrrpCodec.parse(packet, 0, packet.length, source, destination);
  }
}
