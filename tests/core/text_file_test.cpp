// Files in and out: nothing that was there is lost, nothing that is no file makes the program wait or die.
#include "core/base/text_file.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>

namespace headroom {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class TextFile : public testing::Test {
 protected:
  TextFile() { EXPECT_NE(::mkdtemp(folder.data()), nullptr); }
  ~TextFile() override { fs::remove_all(folder); }
  std::string at(const std::string& name) const { return folder + "/" + name; }
  std::size_t entries() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
  }
  static mode_t modeOf(const std::string& path) {
    struct stat status {};
    EXPECT_EQ(::stat(path.c_str(), &status), 0);
    return status.st_mode & 07777;
  }

  // Whether it holds for somebody whom modes bind; root asks as nobody.
  static bool unprivileged(const std::function<bool()>& holds) {
    if (::geteuid() != 0) return holds();
    const pid_t child = ::fork();
    if (child == 0) ::_exit(::setuid(65534) == 0 && holds() ? 0 : 1);
    int status = -1;
    ::waitpid(child, &status, 0);
    return status == 0;
  }

  std::string folder = testing::TempDir() + "headroom-text-file-XXXXXX";
};

TEST_F(TextFile, SavingGoesThroughLinksAndLeavesThem) {
  ASSERT_TRUE(writeFileAtomically(at("real"), "old"));
  fs::create_directory(at("links"));
  fs::create_symlink("../real", at("links/near"));
  fs::create_symlink(at("links/near"), at("far"));
  ASSERT_TRUE(writeFileAtomically(at("far"), "new"));
  EXPECT_TRUE(fs::is_symlink(at("far")));
  EXPECT_TRUE(fs::is_symlink(at("links/near")));
  EXPECT_FALSE(fs::is_symlink(at("real")));
  EXPECT_EQ(*readTextFile(at("real")), "new");
  // A link to what is not there yet makes it.
  fs::create_symlink("later", at("promise"));
  ASSERT_TRUE(writeFileAtomically(at("promise"), "kept"));
  EXPECT_TRUE(fs::is_symlink(at("promise")));
  EXPECT_EQ(*readTextFile(at("later")), "kept");
}

TEST_F(TextFile, ARingOfLinksIsAMessage) {
  fs::create_symlink("b", at("a"));
  fs::create_symlink("a", at("b"));
  EXPECT_EQ(writeFileAtomically(at("a"), "x").error().code, ErrorCode::io);
  EXPECT_EQ(entries(), 2u);
}

TEST_F(TextFile, SavingKeepsTheModeAndANewFileHasTheUsualOne) {
  for (const mode_t mode : {0600U, 0644U, 0664U, 0755U}) {
    ASSERT_TRUE(writeFileAtomically(at("file"), "old"));
    ASSERT_EQ(::chmod(at("file").c_str(), mode), 0);
    ASSERT_TRUE(writeFileAtomically(at("file"), "new"));
    EXPECT_EQ(modeOf(at("file")), mode);
  }
  const mode_t mask = ::umask(0027);
  ASSERT_TRUE(writeFileAtomically(at("fresh"), "x"));
  ::umask(mask);
  EXPECT_EQ(modeOf(at("fresh")), 0640U);
  EXPECT_EQ(entries(), 2u);
}

TEST_F(TextFile, SavingKeepsTheOwner) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give files away";
  ASSERT_TRUE(writeFileAtomically(at("file"), "old"));
  ASSERT_EQ(::chown(at("file").c_str(), 1234, 4321), 0);
  ASSERT_TRUE(writeFileAtomically(at("file"), "new"));
  struct stat status {};
  ASSERT_EQ(::stat(at("file").c_str(), &status), 0);
  EXPECT_EQ(status.st_uid, 1234U);
  EXPECT_EQ(status.st_gid, 4321U);
}

TEST_F(TextFile, AWriteProtectedFileIsLeftAlone) {
  ASSERT_TRUE(writeFileAtomically(at("file"), "old"));
  ASSERT_EQ(::chmod(at("file").c_str(), 0444), 0);
  ASSERT_EQ(::chmod(folder.c_str(), 0777), 0);  // so that the folder would allow a new file in its place
  EXPECT_TRUE(unprivileged([&] { return writeFileAtomically(at("other"), "x").has_value(); }));
  EXPECT_TRUE(unprivileged([&] { return !writeFileAtomically(at("file"), "new"); }));
  EXPECT_EQ(*readTextFile(at("file")), "old");
}

// What a folder of fixed temporary names would lose: two that save at once, and a file that is called like one.
TEST_F(TextFile, TwoThatSaveAtOnceLeaveOneWholeFile) {
  ASSERT_TRUE(writeFileAtomically(at("file.part"), "mine"));
  const std::string a(300'000, 'a'), b(300'000, 'b');
  const auto save = [&](const std::string& text) {
    for (int i = 0; i < 20; ++i) EXPECT_TRUE(writeFileAtomically(at("file"), text));
  };
  std::thread other(save, b);
  save(a);
  other.join();
  const std::string left = *readTextFile(at("file"));
  EXPECT_TRUE(left == a || left == b);
  EXPECT_EQ(*readTextFile(at("file.part")), "mine");
  EXPECT_EQ(entries(), 2u);
}

TEST_F(TextFile, WhatSomebodyChangedSinceItWasReadIsLeftAlone) {
  ASSERT_TRUE(writeFileAtomically(at("file"), "old"));
  std::optional<FileStamp> stamp;
  ASSERT_TRUE(readTextFile(at("file"), kMaxTextFile, &stamp));
  EXPECT_EQ(writeFileUnchanged(at("file"), "mine", stamp).value(), true);
  EXPECT_EQ(stamp, stampOf(at("file"))) << "what was written is what is compared with next time";
  EXPECT_EQ(writeFileUnchanged(at("file"), "mine again", stamp).value(), true);
  ASSERT_TRUE(writeFileAtomically(at("file"), "theirs"));  // another file in its place
  EXPECT_EQ(writeFileUnchanged(at("file"), "mine", stamp).value(), false);
  EXPECT_EQ(*readTextFile(at("file")), "theirs");
  stamp = stampOf(at("file"));
  std::ofstream(at("file"), std::ios::app) << "!";  // written into
  EXPECT_EQ(writeFileUnchanged(at("file"), "mine", stamp).value(), false);
  stamp = stampOf(at("file"));
  fs::remove(at("file"));
  EXPECT_EQ(writeFileUnchanged(at("file"), "mine", stamp).value(), false) << "taken away";
  stamp.reset();
  EXPECT_EQ(writeFileUnchanged(at("file"), "new", stamp).value(), true);
  EXPECT_EQ(*readTextFile(at("file")), "new");
  EXPECT_EQ(entries(), 1u);
}

// Programs that read, change and write the same file lose no one's change.
TEST_F(TextFile, ManyWhoReadAndWriteOneFileLoseNothing) {
  constexpr int kPrograms = 4, kEach = 15;
  ASSERT_TRUE(writeFileAtomically(at("count"), "0"));
  std::vector<pid_t> programs;
  for (int i = 0; i < kPrograms; ++i) {
    programs.push_back(::fork());
    if (programs.back() != 0) continue;
    for (int n = 0; n < kEach;) {
      std::optional<FileStamp> stamp;
      const int count = std::stoi(readTextFile(at("count"), kMaxTextFile, &stamp).value_or("0"));
      const Result<bool> written = writeFileUnchanged(at("count"), std::to_string(count + 1), stamp);
      if (!written) ::_exit(1);
      if (*written) ++n;
    }
    ::_exit(0);
  }
  for (const pid_t program : programs) {
    int status = -1;
    ::waitpid(program, &status, 0);
    EXPECT_EQ(status, 0);
  }
  EXPECT_EQ(*readTextFile(at("count")), std::to_string(kPrograms * kEach));
  EXPECT_EQ(entries(), 1u);
}

TEST_F(TextFile, ADiskThatIsFullLeavesWhatWasThere) {
  ASSERT_TRUE(writeFileAtomically(at("file"), "old"));
  // A limit on the size of files stands for the full disk: the write fails in the middle.
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{4096, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  const Result<void> done = writeFileAtomically(at("file"), std::string(100'000, 'x'));
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::io);
  EXPECT_EQ(*readTextFile(at("file")), "old");
  EXPECT_EQ(entries(), 1u);
}

TEST_F(TextFile, DevicesStayDevices) {
  ASSERT_TRUE(writeFileAtomically("/dev/null", "x"));
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
  fs::create_symlink("/dev/full", at("full"));
  const Result<void> full = writeFileAtomically(at("full"), "x");
  ASSERT_FALSE(full);
  EXPECT_THAT(full.error().message, HasSubstr("No space left"));
  EXPECT_TRUE(fs::is_symlink(at("full")));
}

TEST_F(TextFile, APipeIsWrittenToWhereSomebodyReadsAndRefusedElse) {
  ASSERT_EQ(::mkfifo(at("pipe").c_str(), 0600), 0);
  EXPECT_THAT(writeFileAtomically(at("pipe"), "x").error().message, HasSubstr("Nobody reads"));
  const int reader = ::open(at("pipe").c_str(), O_RDONLY | O_NONBLOCK);
  ASSERT_TRUE(writeFileAtomically(at("pipe"), "hello"));
  char got[8] = {};
  EXPECT_EQ(::read(reader, got, sizeof got), 5);
  ::close(reader);
  EXPECT_TRUE(fs::is_fifo(at("pipe")));
}

TEST_F(TextFile, AFolderIsNoFileToSaveTo) {
  EXPECT_THAT(writeFileAtomically(folder, "x").error().message, HasSubstr("folder"));
  EXPECT_EQ(writeFileAtomically(at("missing/file"), "x").error().code, ErrorCode::io);
  EXPECT_EQ(writeFileAtomically("", "x").error().code, ErrorCode::io);
  EXPECT_EQ(entries(), 0u);
}

TEST_F(TextFile, WhatGzipPackedIsUnpacked) {
  // printf 'two\nlines\n' | gzip -n, and the same cut off behind its first word
  const std::string packed(
      "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\x2b\x29\xcf\xe7\xca\xc9\xcc\x4b\x2d\xe6\x02\x00\x1c\x9e\x67\xbf\x0a\x00"
      "\x00\x00",
      30);
  const std::string path = at("log.gz");
  ASSERT_TRUE(writeFileAtomically(path, packed));
  EXPECT_EQ(readTextFile(path).value(), "two\nlines\n");
  EXPECT_FALSE(readTextFile(path, 4)) << "more than was asked for";
  ASSERT_TRUE(writeFileAtomically(path, packed + packed));
  EXPECT_EQ(readTextFile(path).value(), "two\nlines\ntwo\nlines\n");
  ASSERT_TRUE(writeFileAtomically(path, packed.substr(0, 3)));
  EXPECT_FALSE(readTextFile(path));
}

TEST_F(TextFile, ReadingEndsInAMessageWhateverThePathNames) {
  EXPECT_EQ(readTextFile(at("missing")).error().code, ErrorCode::not_found);
  EXPECT_EQ(readTextFile(std::string("/dev/null\0x", 11)).error().code, ErrorCode::not_found);
  EXPECT_THAT(readTextFile(folder).error().message, HasSubstr("folder"));
  EXPECT_THAT(readTextFile("/dev/zero").error().message, HasSubstr("larger than 64 MiB"));
  EXPECT_EQ(*readTextFile("/dev/null"), "");
  ASSERT_EQ(::mkfifo(at("pipe").c_str(), 0600), 0);
  EXPECT_THAT(readTextFile(at("pipe")).error().message, HasSubstr("Nobody writes"));
  ASSERT_TRUE(writeFileAtomically(at("secret"), "x"));
  ASSERT_EQ(::chmod(at("secret").c_str(), 0), 0);
  EXPECT_TRUE(unprivileged([&] {
    const Result<std::string> text = readTextFile(at("secret"));
    return !text && text.error().message.find("Permission denied") != std::string::npos;
  }));
}

TEST_F(TextFile, APipeSomebodyWritesIntoIsReadToItsEnd) {
  ASSERT_EQ(::mkfifo(at("pipe").c_str(), 0600), 0);
  const int keeper = ::open(at("pipe").c_str(), O_RDWR);  // a writer from the start
  std::thread writer([&] {
    ::usleep(50'000);
    EXPECT_EQ(::write(keeper, "slow", 4), 4);
    ::close(keeper);
  });
  const Result<std::string> text = readTextFile(at("pipe"));
  writer.join();
  EXPECT_EQ(text.value_or(""), "slow");
}

}  // namespace
}  // namespace headroom
