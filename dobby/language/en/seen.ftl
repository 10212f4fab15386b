# What cameras see ($label), counted ($count), and where and when.

thing =
    { $label ->
        [person] one person
        [vehicle] a vehicle
        [animal] an animal
        [package] a package
        [bicycle] a bicycle
        [car] a car
        [motorcycle] a motorcycle
        [bus] a bus
        [truck] a truck
        [bird] a bird
        [cat] a cat
        [dog] a dog
        [horse] a horse
        [sheep] a sheep
        [cow] a cow
        [bear] a bear
        [backpack] a backpack
        [handbag] a handbag
        [suitcase] a suitcase
        [something] something
       *[other] a { $label }
    }
things =
    { $label ->
        [person] people
        [vehicle] vehicles
        [animal] animals
        [package] packages
        [bicycle] bicycles
        [car] cars
        [motorcycle] motorcycles
        [bus] buses
        [truck] trucks
        [bird] birds
        [cat] cats
        [dog] dogs
        [horse] horses
        [sheep] sheep
        [cow] cows
        [bear] bears
        [backpack] backpacks
        [handbag] handbags
        [suitcase] suitcases
        [something] things
       *[other] { $label }s
    }
none-such =
    { $label ->
        [person] person
        [vehicle] vehicle
        [animal] animal
        [package] package
        [bicycle] bicycle
        [car] car
        [motorcycle] motorcycle
        [bus] bus
        [truck] truck
        [bird] bird
        [cat] cat
        [dog] dog
        [horse] horse
        [sheep] sheep
        [cow] cow
        [bear] bear
        [backpack] backpack
        [handbag] handbag
        [suitcase] suitcase
        [something] thing
       *[other] { $label }
    }
number-word =
    { $count ->
        [2] two
        [3] three
        [4] four
        [5] five
        [6] six
        [7] seven
        [8] eight
        [9] nine
        [10] ten
       *[other] { $count }
    }
counted =
    { $count ->
        [one] { thing }
       *[other] { number-word } { things }
    }
someone =
    { $count ->
        [one] someone
       *[other] { number-word } people
    }

## Where ($place stands alone or in a list) and when

where =
    { $inside ->
        [yes] in { $place }
       *[no] at { $place }
    }
where-moved = { $where } (first seen { $first })
some-camera = one of the cameras
camera-of = { $place } camera
day-today = today
day-yesterday = yesterday
day-on = on { $date }
