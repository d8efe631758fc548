// SPDX-License-Identifier: Apache-2.0
// Lets idle threads of LibTorch's OpenMP sleep instead of spin: spinning ones take the cores that
// the window needs. OpenMP's library reads its environment in its constructor, before main():
// setting it there is too late. So the program starts itself anew with the variables set. That
// happens in .preinit_array, once the libraries are mapped but before their constructors have run
// (LibTorch's take most of the time a start takes). What the user set stays.
#ifdef __linux__

#include <array>
#include <cstdlib>
#include <cstring>
#include <unistd.h>

namespace
{

// What is left to OpenBLAS are small products, for which its own threads, which spin too, cost more
// than they give.
constexpr std::array<const char *, 3> wanted{"OMP_WAIT_POLICY=passive", "GOMP_SPINCOUNT=0",
                                             "OPENBLAS_NUM_THREADS=1"};

__attribute__((no_sanitize("address", "undefined"))) bool hasSameName(const char *entry,
                                                                      const char *other)
{
    const char *end = std::strchr(other, '=');
    return std::strncmp(entry, other, static_cast<std::size_t>(end - other) + 1) == 0;
}

// The C library is not initialised yet: nothing here but the arguments, the stack and a system
// call.
__attribute__((no_sanitize("address", "undefined"))) void
startWithEnvironment(int, char **arguments, char **environment)
{
    std::size_t count = 0;
    std::size_t found = 0;
    for (; environment[count]; ++count)
        for (const char *entry : wanted)
            found += hasSameName(environment[count], entry);
    if (found >= wanted.size())
        return;
    auto **complete =
        static_cast<char **>(__builtin_alloca((count + wanted.size() + 1) * sizeof(char *)));
    for (std::size_t i = 0; i < count; ++i)
        complete[i] = environment[i];
    std::size_t size = count;
    for (const char *entry : wanted) {
        bool known = false;
        for (std::size_t i = 0; i < count; ++i)
            known |= hasSameName(environment[i], entry);
        if (!known)
            complete[size++] = const_cast<char *>(entry);
    }
    complete[size] = nullptr;
    char self[4096]; // the real path, so that the process keeps its name
    const ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    if (length <= 0)
        return;
    self[length] = '\0';
    execve(self, arguments, complete); // returns on failure only: then all works, but slower
}

__attribute__((section(".preinit_array"),
               used)) void (*const start)(int, char **, char **) = startWithEnvironment;

} // namespace

#endif
