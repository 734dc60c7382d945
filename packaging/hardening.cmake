# What a release is built with against bugs that are left: a write beyond an object, an index beyond a container, a
# return address that was overwritten end the program instead of going on. tests/lint/hardening.py reads it back.
option(HEADROOM_HARDENED "Build with everything compiler and linker have against memory errors" OFF)

# Sizes the compiler knows are checked at run time, those of allocations too (glibc >= 2.34); so is every operator[].
set(hardening_compile -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -D_GLIBCXX_ASSERTIONS -fstack-protector-strong
                      -fstack-clash-protection)
# Every symbol is bound at the start, and the table of them is then read-only; no stack is executable.
set(hardening_link -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack)
# Relocations as a bitmap: a tenth of their size (binutils >= 2.38, glibc >= 2.36).
include(CheckLinkerFlag)
check_linker_flag(CXX -Wl,-z,pack-relative-relocs HEADROOM_HAS_RELR)
if(HEADROOM_HAS_RELR)
  list(APPEND hardening_link -Wl,-z,pack-relative-relocs)
endif()
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  list(APPEND hardening_compile -fcf-protection=full)
  # Debian's start files carry no mark, so the linker would drop the programs' own. They have no indirect branches but the
  # one that enters _start, so the shadow stack's mark is true of them; that of branch targets would not be.
  list(APPEND hardening_link -Wl,-z,shstk)
elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "aarch64|arm64")
  list(APPEND hardening_compile -mbranch-protection=standard)
endif()

if(HEADROOM_HARDENED)
  include(CheckPIESupported)
  check_pie_supported(LANGUAGES CXX)
  set(CMAKE_POSITION_INDEPENDENT_CODE ON)
  # As flags of the language: with link-time optimization the linker makes the code, and gets no target's options.
  list(JOIN hardening_compile " " flags)
  string(APPEND CMAKE_CXX_FLAGS " ${flags}")
  list(JOIN hardening_link " " flags)
  foreach(kind EXE SHARED MODULE)
    string(APPEND CMAKE_${kind}_LINKER_FLAGS " ${flags}")
  endforeach()
endif()
