# A zip of both programs with Qt beside them, and an NSIS installer where makensis is there. Needs Visual Studio 2022, Qt
# 6.4 or newer (CMAKE_PREFIX_PATH) and vcpkg for the rest. Not tried yet (packaging/README.md).
$ErrorActionPreference = "Stop"
Set-Location "$PSScriptRoot/../.."
vcpkg install fmt nlohmann-json tl-expected simdjson yaml-cpp cli11 zlib curl --triplet x64-windows
cmake -S . -B build/windows -G "Visual Studio 17 2022" -A x64 `
  "-DCMAKE_TOOLCHAIN_FILE=$env:VCPKG_ROOT/scripts/buildsystems/vcpkg.cmake" -DHEADROOM_TESTS=OFF -DHEADROOM_BENCH=OFF
cmake --build build/windows --config Release --target headroom headroom-cli
cmake --install build/windows --config Release --prefix build/windows/Headroom --component gui
cmake --install build/windows --config Release --prefix build/windows/Headroom --component cli
windeployqt --release --no-translations build/windows/Headroom/bin/headroom.exe
cpack -G ZIP --config build/windows/CPackConfig.cmake -C Release
if (Get-Command makensis -ErrorAction SilentlyContinue) { cpack -G NSIS --config build/windows/CPackConfig.cmake -C Release }
