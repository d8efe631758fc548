# SPDX-License-Identifier: Apache-2.0
# A toolchain file: the newest clang of this machine, under whatever name its package gives it. Before 16 no lambda
# can capture a structured binding.
set(names clang++)
foreach(version RANGE 16 30)
    list(PREPEND names clang++-${version})
endforeach()
find_program(MASKWRIGHT_CLANG NAMES ${names} REQUIRED)
string(REGEX REPLACE "clang[+][+](-[0-9]+)?$" "clang\\1" clang_for_c "${MASKWRIGHT_CLANG}")
set(CMAKE_CXX_COMPILER "${MASKWRIGHT_CLANG}" CACHE FILEPATH "")
set(CMAKE_C_COMPILER "${clang_for_c}" CACHE FILEPATH "")
