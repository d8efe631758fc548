# SPDX-License-Identifier: Apache-2.0
if(BUILD_TESTING)
    enable_testing()
endif()

# Tests are compiled for the time that this takes, what they test is compiled as it is used.
add_library(maskwright_test_options INTERFACE)
if(CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
    target_compile_options(maskwright_test_options INTERFACE $<$<CONFIG:Release>:-O1>)
endif()

# maskwright_test(tst_rle LINK core [LABELS slow] [PCH_FROM target]): one QtTest program from tst_rle.cpp,
# linked to the target under test. Tests read their files from TEST_DATA_DIR and never need a display.
function(maskwright_test name)
    cmake_parse_arguments(arg "" "PCH_FROM;TIMEOUT" "LINK;LABELS;SOURCES" ${ARGN})
    add_executable(${name} ${name}.cpp ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE maskwright_options maskwright_test_options Qt6::Test ${arg_LINK})
    target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}")
    target_compile_definitions(${name} PRIVATE TEST_DATA_DIR="${PROJECT_SOURCE_DIR}/tests/data"
        MASKWRIGHT_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
    if(NOT arg_PCH_FROM)
        set(arg_PCH_FROM test_headers)
    endif()
    target_precompile_headers(${name} REUSE_FROM ${arg_PCH_FROM})
    # A precompiled header fits only the flags it was made with, and libraries are made with -fPIC.
    if(CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang" AND UNIX)
        set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE OFF)
        target_compile_options(${name} PRIVATE -fPIC)
    endif()
    # Most often nothing is in it, and to read the header takes longer than to compile nothing.
    set_source_files_properties("${CMAKE_CURRENT_BINARY_DIR}/${name}_autogen/mocs_compilation.cpp"
        PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 300)
    endif()
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}"
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;OMP_WAIT_POLICY=passive;GOMP_SPINCOUNT=0;QT_FORCE_STDERR_LOGGING=1")
endfunction()
