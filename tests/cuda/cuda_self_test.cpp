// SPDX-License-Identifier: Apache-2.0
// Runs the kernels of core_cuda against the code of the CPU they stand for. Needs a GPU and nothing
// else; also under compute-sanitizer. Prints a line for each check; fails if one does.
#include "tests/cuda/self_test.h"

#include <cstdio>
#include <exception>

namespace
{

int failures = 0;

} // namespace

void report(bool passed, const std::string &what)
{
    std::printf("%s  %s\n", passed ? "PASS" : "FAIL", what.c_str());
    failures += passed ? 0 : 1;
}

std::vector<__half> halves(std::size_t count, std::mt19937 &random)
{
    std::normal_distribution<float> noise;
    std::vector<__half> values(count);
    for (__half &value : values)
        value = __float2half(noise(random));
    return values;
}

int main()
{
    int devices = 0;
    if (cudaGetDeviceCount(&devices) != cudaSuccess || devices == 0) {
        std::printf("no GPU here: nothing was checked\n");
        return 77;
    }
    for (const auto check :
         {checkMasks, checkPictures, checkResiduals, checkGelu, checkAttention}) {
        try {
            check();
        } catch (const std::exception &error) {
            report(false, error.what());
        }
    }
    std::printf("%s\n", failures == 0 ? "ALL PASSED" : "SOME FAILED");
    return failures == 0 ? 0 : 1;
}
