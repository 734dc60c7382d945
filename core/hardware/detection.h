// Accelerators of this machine, as their drivers tell: NVIDIA's through NVML, which is loaded while the program runs,
// AMD's and Intel's through sysfs, Apple's through the system. Nothing is asked of a network, nothing is changed, and
// a machine without any is a normal answer.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/hardware/accelerator.h"

namespace headroom {

struct DetectedAccelerator {
  std::string name;                    // as the driver calls it: "NVIDIA H100 80GB HBM3"
  std::string vendor;                  // "NVIDIA"
  std::string place;                   // which one: "GPU 0", "card1"
  std::string profile;                 // of a part of a device (Multi-Instance GPU): "1g.10gb"; empty: the whole device
  std::optional<Bytes> total;          // as the driver prints it
  std::optional<Bytes> reserved;       // what the driver keeps of it, where it says so
  std::optional<Bytes> used;           // by all programs that run now
  const Accelerator* entry = nullptr;  // of the catalogue; nullptr where the name means none
  std::string_view source;             // who said so: "NVML", "amdgpu", …; a literal

  // What a process can allocate when nothing else runs, and what is left of it now.
  std::optional<Bytes> capacity() const;
  std::optional<Bytes> available() const;
};

// Where drivers are asked; tests name places of their own.
struct DetectionPlaces {
  std::string nvml = "libnvidia-ml.so.1";
  std::string sysfs = "/sys";
  std::string names = "/usr/share";  // holds libdrm/amdgpu.ids and misc/pci.ids
};

// In the drivers' own order, NVIDIA's first.
std::vector<DetectedAccelerator> detectAccelerators(const DetectionPlaces& places = {});

}  // namespace headroom
