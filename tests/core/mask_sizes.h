// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtTest>

#include <utility>

/// About whole words, single rows and columns, with and without room for the short ways of small
/// masks.
inline void addSizes()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    for (const auto &[width, height] :
         {std::pair{1, 1}, {1, 2},   {2, 1},   {1, 16},   {5, 3},    {17, 1},  {4, 4},    {1, 700},
          {700, 1},        {3, 5},   {7, 64},  {8, 65},   {15, 90},  {16, 16}, {17, 13},  {31, 64},
          {32, 65},        {63, 63}, {64, 64}, {64, 65},  {65, 64},  {66, 1},  {127, 62}, {128, 70},
          {129, 129},      {200, 3}, {5, 400}, {40, 257}, {310, 190}})
        QTest::addRow("%d x %d", width, height) << width << height;
}
