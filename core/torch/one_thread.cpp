// SPDX-License-Identifier: Apache-2.0
#include "core/torch/one_thread.h"

#include <torch/torch.h>

#ifdef _OPENMP
#include <omp.h>
#endif

namespace core
{

namespace
{

thread_local int threadsBefore = 0; ///< 0: none is alive

/// LibTorch's own function makes the threads of another pool anew, which spin for milliseconds. So
/// OpenMP is asked first, where LibTorch's is the one that this program has.
void compute(int threads)
{
#ifdef _OPENMP
    omp_set_num_threads(threads);
    if (at::get_num_threads() == threads)
        return;
#endif
    at::set_num_threads(threads);
}

} // namespace

OneThread::OneThread() : m_before(at::get_num_threads())
{
    threadsBefore = m_before;
    compute(1);
}

OneThread::~OneThread()
{
    compute(m_before);
    threadsBefore = 0;
}

int sharingThreads()
{
    return threadsBefore > 0 ? threadsBefore : at::get_num_threads();
}

} // namespace core
