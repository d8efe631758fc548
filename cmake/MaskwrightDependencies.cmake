# SPDX-License-Identifier: Apache-2.0
# Everything the project takes from outside is found here and nowhere else.
find_package(Threads REQUIRED)
find_package(nlohmann_json 3.9 REQUIRED)

if(WITH_TORCH)
    find_package(Torch 1.13 REQUIRED)
    # Warnings in LibTorch's headers are not ours to mend.
    set_target_properties(torch PROPERTIES SYSTEM ON)
    # torch of pip and of pytorch.org may use the old string ABI; everything that meets it must agree.
    separate_arguments(torch_cxx_flags UNIX_COMMAND "${TORCH_CXX_FLAGS}")
    if(torch_cxx_flags)
        add_compile_options(${torch_cxx_flags})
    endif()
    # LibTorch's parallel loops are templates: without the flag they run on one thread, silently.
    find_package(OpenMP COMPONENTS CXX)
endif()
# After LibTorch, which brings its own choice of GPUs to compile for.
if(WITH_CUDA)
    include(CheckLanguage)
    check_language(CUDA)
    if(CMAKE_CUDA_COMPILER)
        if(NOT DEFINED CMAKE_CUDA_ARCHITECTURES)
            set(CMAKE_CUDA_ARCHITECTURES 80 90)
        endif()
        enable_language(CUDA)
        # One CUDA runtime for a whole program: LibTorch brings the shared one.
        set(CMAKE_CUDA_RUNTIME_LIBRARY Shared)
    endif()
endif()
if(WITH_OPENCV)
    find_package(OpenCV 4.6 REQUIRED COMPONENTS core imgproc imgcodecs)
    find_package(JPEG REQUIRED) # libjpeg-turbo
endif()
if(WITH_QT OR WITH_OPENCV)
    find_package(CLI11 2.1 REQUIRED)
    find_package(spdlog 1.10 REQUIRED)
endif()
if(WITH_QT)
    find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Widgets Concurrent Sql Svg)
    find_package(yaml-cpp 0.7 REQUIRED)
    set(yaml_cpp yaml-cpp) # the target's name, which 0.8 changed
    if(TARGET yaml-cpp::yaml-cpp)
        set(yaml_cpp yaml-cpp::yaml-cpp)
    endif()
    set(CMAKE_AUTOMOC ON)
    if(BUILD_TESTING)
        find_package(Qt6 6.4 REQUIRED COMPONENTS Test)
    endif()
endif()
