// SPDX-License-Identifier: Apache-2.0
#include "core/training/graph_segmentation.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

namespace core
{

namespace
{

struct Edge {
    int a, b;
    std::uint16_t weight; // colour distance in quarters of a grey level
};

constexpr int weightsPerLevel = 4;
constexpr int largestWeight = 442 * weightsPerLevel; // sqrt(3 * 255^2), rounded up

/// Disjoint sets of pixels with what the criterion needs: the size and the largest edge inside.
class Forest
{
public:
    explicit Forest(int count)
        : m_parent(static_cast<std::size_t>(count)), size(m_parent.size(), 1),
          inner(m_parent.size(), 0)
    {
        std::iota(m_parent.begin(), m_parent.end(), 0);
    }
    int root(int node)
    {
        while (parent(node) != node) {
            parent(node) = parent(parent(node));
            node = parent(node);
        }
        return node;
    }
    void join(int a, int b, float weight)
    {
        if (at(size, a) < at(size, b)) {
            std::swap(a, b);
        }
        parent(b) = a;
        at(size, a) += at(size, b);
        at(inner, a) = std::max({at(inner, a), at(inner, b), weight});
    }
    template <typename T>
    static T &at(std::vector<T> &values, int node)
    {
        return values[static_cast<std::size_t>(node)];
    }

private:
    int &parent(int node) { return at(m_parent, node); }
    std::vector<int> m_parent;

public:
    std::vector<int> size;
    std::vector<float> inner;
};

std::vector<Edge> edgesByWeight(const cv::Mat &picture)
{
    std::vector<Edge> edges;
    edges.reserve(static_cast<std::size_t>(picture.total()) * 4);
    const auto add = [&](int x0, int y0, int x1, int y1) {
        if (x1 < 0 || x1 >= picture.cols || y1 >= picture.rows) {
            return;
        }
        const cv::Vec3i difference =
            cv::Vec3i(picture.at<cv::Vec3b>(y0, x0)) - cv::Vec3i(picture.at<cv::Vec3b>(y1, x1));
        const float distance = std::sqrt(static_cast<float>(difference.dot(difference)));
        edges.push_back({y0 * picture.cols + x0, y1 * picture.cols + x1,
                         static_cast<std::uint16_t>(distance * weightsPerLevel)});
    };
    for (int y = 0; y < picture.rows; ++y) {
        for (int x = 0; x < picture.cols; ++x) {
            add(x, y, x + 1, y);
            add(x, y, x, y + 1);
            add(x, y, x + 1, y + 1);
            add(x, y, x - 1, y + 1);
        }
    }
    // Counting sort: stable, and much quicker than comparing.
    std::vector<std::size_t> starts(largestWeight + 2, 0);
    for (const Edge &edge : edges) {
        ++starts[edge.weight + 1U];
    }
    std::partial_sum(starts.begin(), starts.end(), starts.begin());
    std::vector<Edge> sorted(edges.size());
    for (const Edge &edge : edges) {
        sorted[starts[edge.weight]++] = edge;
    }
    return sorted;
}

} // namespace

Partition segmentByGraph(const cv::Mat &picture, float scale, int minimumSize)
{
    const std::vector<Edge> edges = edgesByWeight(picture);
    const int pixels = static_cast<int>(picture.total());
    Forest forest(pixels);
    const auto limit = [&](int root) {
        return Forest::at(forest.inner, root) +
               scale / static_cast<float>(Forest::at(forest.size, root));
    };
    for (const Edge &edge : edges) {
        const int a = forest.root(edge.a);
        const int b = forest.root(edge.b);
        const float weight = static_cast<float>(edge.weight) / weightsPerLevel;
        if (a != b && weight <= std::min(limit(a), limit(b))) {
            forest.join(a, b, weight);
        }
    }
    for (const Edge &edge : edges) {
        const int a = forest.root(edge.a);
        const int b = forest.root(edge.b);
        if (a != b &&
            std::min(Forest::at(forest.size, a), Forest::at(forest.size, b)) < minimumSize) {
            forest.join(a, b, 0);
        }
    }
    Partition result{cv::Mat(picture.size(), CV_32S), 0};
    std::vector<int> numbers(static_cast<std::size_t>(pixels), -1);
    auto *labels = result.labels.ptr<int>();
    for (int i = 0; i < pixels; ++i) {
        int &number = Forest::at(numbers, forest.root(i));
        if (number < 0) {
            number = result.count++;
        }
        labels[i] = number;
    }
    return result;
}

} // namespace core
