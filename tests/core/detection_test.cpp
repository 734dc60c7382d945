// What this machine has: a stub of the management library, and trees as sysfs shows them.
#include "core/hardware/detection.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "core/hardware/part.h"
#include "core/hardware/price.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;

class Detection : public testing::Test {
 protected:
  Detection() : root_(fs::temp_directory_path() / ("headroom-detection-" + std::to_string(getpid()))) {
    places_ = {"", (root_ / "sys").string(), (root_ / "share").string()};
  }
  ~Detection() override {
    std::error_code ignored;
    fs::remove_all(root_, ignored);
  }
  void write(const std::string& path, const std::string& text) const {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << text << "\n";
  }
  void card(const std::string& name, const char* vendor, const char* device, const char* revision = "0x00") const {
    const std::string at = "sys/class/drm/" + name + "/device/";
    write(at + "vendor", vendor), write(at + "device", device), write(at + "revision", revision);
  }

  fs::path root_;
  DetectionPlaces places_;
};

TEST_F(Detection, NothingIsANormalAnswer) {
  EXPECT_TRUE(detectAccelerators(places_).empty());
  places_.nvml = "libno-such-library.so.1";
  EXPECT_TRUE(detectAccelerators(places_).empty());
}

TEST_F(Detection, TheManagementLibraryIsAskedAsItsHeaderSays) {
  places_.nvml = HEADROOM_STUB_NVML;
  card("card0", "0x10de", "0x2330");  // shown by the kernel as well, and counted once
  const std::vector<DetectedAccelerator> found = detectAccelerators(places_);
  ASSERT_EQ(found.size(), 4u);
  const DetectedAccelerator& whole = found[0];
  EXPECT_EQ(whole.name, "NVIDIA H100 80GB HBM3");
  EXPECT_EQ(whole.place, "GPU 0");
  EXPECT_EQ(whole.source, "NVML");
  ASSERT_NE(whole.entry, nullptr);
  EXPECT_EQ(whole.entry->id, "h100-sxm-80gb");
  EXPECT_EQ(whole.total, Bytes(81559 * kMiB));
  EXPECT_EQ(whole.reserved, Bytes(479 * kMiB));
  EXPECT_EQ(whole.used, Bytes(2566 * kMiB));
  EXPECT_EQ(whole.available(), Bytes((81559 - 479 - 2566) * kMiB));
  // The parts stand for their device.
  EXPECT_EQ(found[1].profile, "3g.20gb");
  EXPECT_EQ(found[1].place, "GPU 1, part 0");
  ASSERT_NE(found[1].entry, nullptr);
  EXPECT_EQ(found[1].entry->id, "a100-sxm-40gb");
  EXPECT_EQ(found[1].available(), Bytes((19968 - 13) * kMiB));
  EXPECT_EQ(found[2].profile, "1g.5gb");
  // Without the newer figures: what the catalogue knows of the card, less what is in use.
  EXPECT_FALSE(found[3].reserved);
  ASSERT_NE(found[3].entry, nullptr);
  EXPECT_EQ(found[3].entry->id, "rtx-4090");
  EXPECT_EQ(found[3].available(), found[3].entry->capacity().bytes - Bytes(1342 * kMiB));
}

TEST_F(Detection, AmdsDriverTellsSizesAndLibdrmNames) {
  write("share/libdrm/amdgpu.ids", "1.0.0\n744C,\tC8,\tAMD Radeon RX 7900 XTX\n744C,\tCC,\tAMD Radeon RX 7900 XT");
  card("card1", "0x1002", "0x744c", "0xc8");
  write("sys/class/drm/card1/device/mem_info_vram_total", std::to_string(24560 * kMiB));
  write("sys/class/drm/card1/device/mem_info_vram_used", std::to_string(300 * kMiB));
  card("card10", "0x1002", "0x74a1");
  write("sys/class/drm/card10/device/product_name", "AMD Instinct MI300X OAM");
  write("sys/class/drm/card10/device/mem_info_vram_total", std::to_string(196592 * kMiB));
  card("card11", "0x1002", "0x740f");
  write("sys/class/drm/card11/device/product_name", "AMD INSTINCT MI250 (MCM) OAM AC MBA");
  write("sys/class/drm/card11/device/mem_info_vram_total", std::to_string(65520 * kMiB));
  card("card2-HDMI-A-1", "0x1002", "0x744c");  // a plug
  const std::vector<DetectedAccelerator> found = detectAccelerators(places_);
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].name, "AMD Radeon RX 7900 XTX");
  ASSERT_NE(found[0].entry, nullptr);
  EXPECT_EQ(found[0].entry->id, "rx-7900-xtx");
  EXPECT_EQ(found[0].total, Bytes(24560 * kMiB));
  EXPECT_EQ(found[0].used, Bytes(300 * kMiB));
  EXPECT_EQ(found[1].place, "card10");
  ASSERT_NE(found[1].entry, nullptr) << found[1].name;
  EXPECT_EQ(found[1].entry->id, "mi300x");
  ASSERT_NE(found[2].entry, nullptr);
  EXPECT_TRUE(found[2].entry->id.starts_with("mi250")) << found[2].entry->id;
}

TEST_F(Detection, IntelsCardsAreNamedByTheirPciIds) {
  write("share/misc/pci.ids", "1002  AMD\n\t56a0  something else\n8086  Intel Corporation\n\t56a0  DG2 [Arc A770]");
  card("card0", "0x8086", "0x4680");  // graphics inside a processor
  card("card1", "0x8086", "0x56a0");
  write("sys/class/drm/card1/lmem_total_bytes", std::to_string(16288 * kMiB));
  write("sys/class/drm/card1/lmem_avail_bytes", std::to_string(16000 * kMiB));
  const std::vector<DetectedAccelerator> found = detectAccelerators(places_);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].vendor, "Intel");
  EXPECT_EQ(found[0].name, "Arc A770");
  EXPECT_EQ(found[0].used, Bytes(288 * kMiB));
  ASSERT_NE(found[0].entry, nullptr);
  EXPECT_NEAR(found[0].entry->printedGb, 16, 0.1);
}

TEST_F(Detection, WhatIsNoNumberIsNotKnown) {
  card("card0", "0x1002", "0x0001");
  write("sys/class/drm/card0/device/mem_info_vram_total", "many");
  EXPECT_TRUE(detectAccelerators(places_).empty());
  card("card1", "0x10de", "0x0001");
  const std::vector<DetectedAccelerator> found = detectAccelerators(places_);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].name, "NVIDIA device 0001");
  EXPECT_FALSE(found[0].available());
}

TEST(Parts, AreSharesOfTheirDevice) {
  const Accelerator* h100 = findAccelerator("h100-sxm-80gb");
  ASSERT_NE(h100, nullptr);
  const auto parts = partsOf(*h100);
  ASSERT_EQ(parts.size(), 6u);
  EXPECT_EQ(parts.front().profile, "1g.10gb");
  EXPECT_EQ(parts.front().most, 7);
  EXPECT_TRUE(parts.front().capacity(*h100).assumed);
  EXPECT_EQ(parts.back().capacity(*h100).bytes, h100->capacity().bytes);
  EXPECT_TRUE(partsOf(*findAccelerator("rtx-4090")).empty());
  // NVIDIA's own figure for this one (mig-parted).
  EXPECT_EQ(partsOf(*findAccelerator("h100-nvl-94gb")).front().capacity(*h100).bytes, Bytes(43 * kGiB / 4));
  for (const Accelerator& a : accelerators())
    for (const DevicePart& part : partsOf(a)) EXPECT_LE(part.capacity(a).bytes, a.capacity().bytes) << a.id;
}

TEST(Prices, TheNewestIsTakenWithItsDay) {
  const Price* a6000 = priceOf(*findAccelerator("rtx-a6000"));
  ASSERT_NE(a6000, nullptr);
  for (const Price& p : prices()) {
    EXPECT_EQ(p.date.size(), 10u);
    for (const std::string& id : p.accelerators) {
      ASSERT_NE(findAccelerator(id), nullptr) << id;
      EXPECT_EQ(findAccelerator(id)->id, id);
      EXPECT_LE(p.date, priceOf(*findAccelerator(id))->date);
    }
  }
  EXPECT_EQ(priceOf(*findAccelerator("mi300x")), nullptr);
}

}  // namespace
}  // namespace headroom
