# SPDX-License-Identifier: Apache-2.0
# What every target of the project is compiled with.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_INSTALL_RPATH_USE_LINK_PATH ON) # a LibTorch that lies outside the system is found after installing, too
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

# Where modules lie, seen from the programs: the same in the build tree as where it is installed.
include(GNUInstallDirs)
file(RELATIVE_PATH MASKWRIGHT_MODULE_FOLDER "${CMAKE_INSTALL_FULL_BINDIR}" "${CMAKE_INSTALL_FULL_LIBDIR}/maskwright")

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime "${CCACHE_PROGRAM}")
endif()

# Linking thirty test programs against LibTorch is what a build waits for; mold does it in a fraction.
find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM AND CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
    add_link_options(-fuse-ld=mold)
endif()

add_library(maskwright_options INTERFACE)
if(CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
    target_compile_options(maskwright_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow
        -Wnon-virtual-dtor -Woverloaded-virtual $<$<BOOL:${MASKWRIGHT_WERROR}>:-Werror>)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 12
   AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # When it optimises, GCC 12 sees std::string's operator+ copy a text onto itself (GCC bug 105651).
    target_compile_options(maskwright_options INTERFACE $<$<NOT:$<CONFIG:Debug>>:-Wno-restrict>)
endif()
# LibTorch has a function called `slots`, so nobody gets Qt's lower-case keywords.
target_compile_definitions(maskwright_options INTERFACE QT_NO_KEYWORDS
    MASKWRIGHT_VERSION="${PROJECT_VERSION}")

# maskwright_library(name sources...): a static library with the project's warnings, whose headers are
# included from the repository's root ("core/mask/rle.h").
function(maskwright_library name)
    add_library(${name} STATIC ${ARGN})
    target_include_directories(${name} PUBLIC "${PROJECT_SOURCE_DIR}")
    target_link_libraries(${name} PRIVATE $<BUILD_INTERFACE:maskwright_options>)
endfunction()

# maskwright_module(name sources...): a shared library that a program loads while it runs (core/file/module_file.h).
# It keeps what it is linked of to itself: the program has its own copies of the same functions.
function(maskwright_module name)
    add_library(${name} MODULE ${ARGN})
    target_link_libraries(${name} PRIVATE maskwright_options)
    target_link_options(${name} PRIVATE -Wl,--exclude-libs,ALL)
    set_target_properties(${name} PROPERTIES PREFIX "" AUTOMOC OFF
        LIBRARY_OUTPUT_DIRECTORY "${CMAKE_RUNTIME_OUTPUT_DIRECTORY}/${MASKWRIGHT_MODULE_FOLDER}")
endfunction()
