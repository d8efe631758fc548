// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cuda/launch_check.h"

#include <cuda_fp16.h>

#include <algorithm>
#include <cstddef>
#include <random>
#include <string>
#include <vector>

/// Prints a line; the program fails when one did not pass.
void report(bool passed, const std::string &what);

// Each runs some kernels of core_cuda against the code of the CPU they stand for.
void checkMasks();
void checkPictures();
void checkAttention();
void checkResiduals();
void checkGelu();

/// Half precision numbers that CPU and GPU share.
std::vector<__half> halves(std::size_t count, std::mt19937 &random);

/// Device memory with the elements of a vector; filled with rubbish when made from a length alone.
template <typename T>
class DeviceArray
{
public:
    explicit DeviceArray(std::size_t length) : m_length(length)
    {
        void *memory = nullptr;
        core::cuda::check(cudaMalloc(&memory, std::max<std::size_t>(length, 1) * sizeof(T)),
                          "allocating");
        m_data = static_cast<T *>(memory);
        core::cuda::check(cudaMemset(m_data, 0xcd, length * sizeof(T)), "filling");
    }
    explicit DeviceArray(const std::vector<T> &values) : DeviceArray(values.size())
    {
        core::cuda::check(
            cudaMemcpy(m_data, values.data(), values.size() * sizeof(T), cudaMemcpyHostToDevice),
            "copying in");
    }
    ~DeviceArray() { cudaFree(m_data); }
    DeviceArray(const DeviceArray &) = delete;
    DeviceArray &operator=(const DeviceArray &) = delete;
    T *data() const { return m_data; }
    std::vector<T> read() const
    {
        std::vector<T> values(m_length);
        core::cuda::check(
            cudaMemcpy(values.data(), m_data, m_length * sizeof(T), cudaMemcpyDeviceToHost),
            "copying out");
        return values;
    }

private:
    T *m_data = nullptr;
    std::size_t m_length;
};
