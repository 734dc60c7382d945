// Snapshots of PyTorch's memory, read without Python. tests/data/logs/memory_snapshot_*.pickle were pickled by
// Python 3.11 (protocols 2 and 4) in the shape of torch.cuda.memory._snapshot() of torch 2.6: 100 MiB from before the
// record, then 200 MiB less 100 bytes and 50 MiB that go again, a segment of 300 MiB that is given back, and 30 of 40
// MiB at the end.
#include "core/readers/logs/memory_snapshot.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "core/base/pickle.h"
#include "core/readers/recognise.h"

namespace headroom {
namespace {

std::string snapshot(int protocol) {
  std::ifstream in(HEADROOM_TEST_DATA "/logs/memory_snapshot_" + std::to_string(protocol) + ".pickle",
                   std::ios::binary);
  std::stringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

TEST(MemorySnapshot, PeaksAreWalkedBackFromTheEnd) {
  for (const int protocol : {2, 4}) {
    const Result<LogReading> read = readLog(snapshot(protocol), "snapshot");
    ASSERT_TRUE(read) << read.error().text();
    EXPECT_EQ(read->engine, Engine::pytorch);
    ASSERT_EQ(read->figures.size(), 2u);
    EXPECT_EQ(read->figures[0].name, "allocated");
    EXPECT_EQ(read->figures[0].value, 350.0 * (1 << 20));
    EXPECT_EQ(read->figures[1].name, "reserved");
    EXPECT_EQ(read->figures[1].value, 440.0 * (1 << 20));
    const std::vector<std::string> notes{"The record begins with 100.0 MiB allocated; what came before it is not seen.",
                                         "Alive at the peak: 0.20 GiB from modeling_llama.py:182 forward.",
                                         "Alive at the peak: 50.0 MiB from loss.py:34 ForCausalLMLoss."};
    EXPECT_EQ(read->notes, notes);
  }
  const Result<Reading> recognised = recognise(snapshot(4), "a file");
  ASSERT_TRUE(recognised) << recognised.error().text();
  EXPECT_EQ(recognised->recognised, "memory snapshot log");
  EXPECT_EQ(recognised->figures.size(), 2u);
}

TEST(MemorySnapshot, CutAnywhereItIsAnError) {
  const std::string whole = snapshot(4);
  for (std::size_t end = 3; end < whole.size(); ++end)
    EXPECT_FALSE(readLog(std::string_view(whole).substr(0, end), "cut")) << end;
}

TEST(MemorySnapshot, NothingOfAPickleIsRun) {
  // pickle.dumps(object with __reduce__ → print("no")), protocol 4.
  const std::string calls(
      "\x80\x04\x95\x1e\0\0\0\0\0\0\0\x8c\x08"
      "builtins\x94\x8c\x05print\x94\x93\x94\x8c\x02no\x94\x85\x94R\x94.",
      41);
  const Result<LogReading> read = readLog(calls, "calls");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::unsupported);
  EXPECT_NE(read.error().message.find("not run"), std::string::npos) << read.error().text();
  // Lengths, places and marks that are none.
  for (const std::string& bytes :
       {std::string("\x80\x04X\xff\xff\xff\xff."), std::string("\x80\x04h\x05."), std::string("\x80\x04u."),
        std::string("\x80\x04}(K\x01u."), std::string("\x80\x04]a."), std::string("\x80\x04."),
        std::string("\x80\x04r\xff\xff\xff\x7f.")})
    EXPECT_FALSE(readLog(bytes, "damaged"));
}

// {"segments": [{"allocated_size": -5, "total_size": 0}], "device_traces": []} in protocol 2: no figure of 0 bytes.
TEST(MemorySnapshot, SizesThatAreNoneAreAnError) {
  const std::string bytes = "\x80\x02}(X\x08" + std::string(3, '\0') + "segments]}(X\x0e" + std::string(3, '\0') +
                            "allocated_sizeJ\xfb\xff\xff\xffX\x0a" + std::string(3, '\0') + "total_size" + "K" +
                            std::string(1, '\0') + "uaX\x0d" + std::string(3, '\0') + "device_traces]u.";
  const Result<LogReading> read = readLog(bytes, "negative");
  ASSERT_FALSE(read);
  EXPECT_NE(read.error().message.find("allocated_size"), std::string::npos) << read.error().text();
}

TEST(MemorySnapshot, APickleOfSomethingElseSaysSo) {
  const Result<LogReading> read = readLog("\x80\x04}\x94.", "other");
  ASSERT_FALSE(read);
  EXPECT_NE(read.error().message.find("no snapshot"), std::string::npos) << read.error().text();
}

}  // namespace
}  // namespace headroom
