// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace core
{

/// As long as it lives, LibTorch computes on the calling thread alone, for operators so small that
/// a second thread, which sleeps between them, makes them slower. What is shared out by shareOut()
/// still gets as many threads as before.
class OneThread
{
public:
    OneThread();
    ~OneThread();
    OneThread(const OneThread &) = delete;
    OneThread &operator=(const OneThread &) = delete;

private:
    int m_before;
};

/// LibTorch's number of threads, or that before OneThread.
int sharingThreads();

} // namespace core
