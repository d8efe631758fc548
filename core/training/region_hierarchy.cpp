// SPDX-License-Identifier: Apache-2.0
#include "core/training/region_hierarchy.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

namespace core
{

namespace
{

struct Border {
    float length = 0;
    float contrast = 0; // summed over its length
};

struct Node {
    float area = 0;
    cv::Vec3f sum;     // of colours
    float squares = 0; // of lightness, for the texture
    std::map<int, Border> neighbours;

    cv::Vec3f mean() const { return sum * (1 / area); }
    float texture() const
    {
        const float m = sum[0] / area;
        return std::sqrt(std::max(0.0F, squares / area - m * m));
    }
};

std::vector<Node> buildGraph(const cv::Mat &picture, const Partition &fine)
{
    std::vector<Node> nodes(static_cast<std::size_t>(fine.count));
    const auto meet = [&](int a, int b, const cv::Vec3b &p, const cv::Vec3b &q) {
        if (a == b) {
            return;
        }
        const float contrast = static_cast<float>(cv::norm(cv::Vec3f(p) - cv::Vec3f(q)));
        for (const auto &[from, to] : {std::pair{a, b}, std::pair{b, a}}) {
            Border &border = nodes[static_cast<std::size_t>(from)].neighbours[to];
            border.length += 1;
            border.contrast += contrast;
        }
    };
    for (int y = 0; y < picture.rows; ++y) {
        const auto *label = fine.labels.ptr<int>(y);
        const auto *colour = picture.ptr<cv::Vec3b>(y);
        for (int x = 0; x < picture.cols; ++x) {
            Node &node = nodes[static_cast<std::size_t>(label[x])];
            node.area += 1;
            node.sum += cv::Vec3f(colour[x]);
            node.squares += static_cast<float>(colour[x][0]) * static_cast<float>(colour[x][0]);
            if (x + 1 < picture.cols) {
                meet(label[x], label[x + 1], colour[x], colour[x + 1]);
            }
            if (y + 1 < picture.rows) {
                meet(label[x], fine.labels.at<int>(y + 1, x), colour[x],
                     picture.at<cv::Vec3b>(y + 1, x));
            }
        }
    }
    return nodes;
}

float difference(const Node &a, const Node &b, const Border &border, float sizePenalty)
{
    const cv::Vec3f colour = a.mean() - b.mean();
    // Lightness counts half: shadows cross objects.
    const float distance =
        std::sqrt(0.25F * colour[0] * colour[0] + colour[1] * colour[1] + colour[2] * colour[2]);
    const float texture = 0.5F * std::abs(a.texture() - b.texture());
    const float contrast = border.contrast / border.length;
    const float size = a.area * b.area / (a.area + b.area);
    return (distance + texture + contrast + 1) * std::pow(size, sizePenalty);
}

Partition renumbered(const Partition &fine, std::vector<int> owner)
{
    for (std::size_t i = 0; i < owner.size(); ++i) {
        int root = static_cast<int>(i);
        while (owner[static_cast<std::size_t>(root)] != root) {
            root = owner[static_cast<std::size_t>(root)];
        }
        owner[i] = root;
    }
    std::vector<int> numbers(owner.size(), -1);
    Partition result{cv::Mat(fine.labels.size(), CV_32S), 0};
    for (int y = 0; y < fine.labels.rows; ++y) {
        const auto *from = fine.labels.ptr<int>(y);
        auto *to = result.labels.ptr<int>(y);
        for (int x = 0; x < fine.labels.cols; ++x) {
            int &number =
                numbers[static_cast<std::size_t>(owner[static_cast<std::size_t>(from[x])])];
            if (number < 0) {
                number = result.count++;
            }
            to[x] = number;
        }
    }
    return result;
}

} // namespace

std::vector<Partition> mergeRegions(const cv::Mat &picture, const Partition &fine,
                                    const std::vector<int> &counts, float sizePenalty)
{
    std::vector<Node> nodes = buildGraph(picture, fine);
    std::vector<int> owner(nodes.size());
    std::iota(owner.begin(), owner.end(), 0);
    struct Nearest {
        int to = -1;
        float cost = std::numeric_limits<float>::max();
    };
    std::vector<Nearest> nearest(nodes.size());
    const auto look = [&](int index) {
        const auto i = static_cast<std::size_t>(index);
        nearest[i] = {};
        for (const auto &[to, border] : nodes[i].neighbours) {
            const float cost =
                difference(nodes[i], nodes[static_cast<std::size_t>(to)], border, sizePenalty);
            if (cost < nearest[i].cost) {
                nearest[i] = {to, cost};
            }
        }
    };
    for (int i = 0; i < fine.count; ++i) {
        look(i);
    }
    std::vector<Partition> levels;
    int alive = fine.count;
    for (const int count : counts) {
        while (alive > std::max(count, 1)) {
            const auto best = std::min_element(nearest.begin(), nearest.end(),
                                               [](auto &a, auto &b) { return a.cost < b.cost; });
            const int keep = static_cast<int>(best - nearest.begin());
            const int gone = best->to;
            Node &winner = nodes[static_cast<std::size_t>(keep)];
            Node &loser = nodes[static_cast<std::size_t>(gone)];
            winner.area += loser.area;
            winner.sum += loser.sum;
            winner.squares += loser.squares;
            winner.neighbours.erase(gone);
            for (const auto &[to, border] : loser.neighbours) {
                Node &third = nodes[static_cast<std::size_t>(to)];
                third.neighbours.erase(gone);
                if (to == keep) {
                    continue;
                }
                Border &joined = winner.neighbours[to];
                joined.length += border.length;
                joined.contrast += border.contrast;
                third.neighbours[keep] = joined;
            }
            loser.neighbours.clear();
            nearest[static_cast<std::size_t>(gone)] = {};
            owner[static_cast<std::size_t>(gone)] = keep;
            --alive;
            look(keep);
            for (const auto &[to, border] : winner.neighbours) {
                look(to);
            }
        }
        levels.push_back(renumbered(fine, owner));
    }
    return levels;
}

std::vector<bool> distinctRegions(const cv::Mat &picture, const Partition &partition)
{
    constexpr int step = 3; // pixels: reaches across a soft border
    constexpr float weakestBorder = 11;
    constexpr float overTexture = 1.5F;
    struct Steps {
        float sum = 0;
        float count = 0;
        float mean() const { return count > 0 ? sum / count : 0; }
    };
    std::vector<Steps> across(static_cast<std::size_t>(partition.count));
    std::vector<Steps> inside(across.size());
    const auto compare = [&](cv::Point p, cv::Point q) {
        const auto a = static_cast<std::size_t>(partition.labels.at<int>(p));
        const auto b = static_cast<std::size_t>(partition.labels.at<int>(q));
        const float distance = static_cast<float>(
            cv::norm(cv::Vec3f(picture.at<cv::Vec3b>(p)) - cv::Vec3f(picture.at<cv::Vec3b>(q))));
        for (const std::size_t label : {a, b}) {
            Steps &steps = a == b ? inside[label] : across[label];
            steps.sum += distance;
            steps.count += 1;
        }
    };
    for (int y = 0; y + step < picture.rows; ++y) {
        for (int x = 0; x + step < picture.cols; ++x) {
            compare({x, y}, {x + step, y});
            compare({x, y}, {x, y + step});
        }
    }
    std::vector<bool> distinct;
    for (std::size_t i = 0; i < across.size(); ++i) {
        distinct.push_back(across[i].mean() >
                           std::max(weakestBorder, overTexture * inside[i].mean()));
    }
    return distinct;
}

} // namespace core
